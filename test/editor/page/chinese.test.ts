import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { containersViewOf } from "../containers-view";
import { readProblems, readSettings } from "../in-language";
import { assertTranslated, chinese } from "../language";
import { alwaysOffered, paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { files } from "../workspace";

/** Messages of other programs stay as they are. */
const withoutQuotes = (text: string) => text.replace(/"[^"]*"|\([^()]*\)/g, "");

describe("a person whose editor is in Chinese", () => {
  const session = useEditor({
    files,
    language: chinese,
    settings: { "workbench.colorTheme": "Default Light Modern" },
  });

  it("finds each command by its title", async function () {
    const { workbench } = session(this);
    for (const id of alwaysOffered) {
      const title = paletteCommand(id, chinese.translate);
      assert.match(title, chinese.letters);
      const offered = await workbench.commandsFor(title);
      assert.ok(offered.includes(title), offered.join());
    }
    await workbench.screenshot("chinese palette");
  });

  it("reads problems, fixes and hovers", async function () {
    await readProblems(session(this).workbench, chinese, "chinese", withoutQuotes);
  });

  it("reads settings", async function () {
    await readSettings(session(this).workbench, chinese, "chinese", withoutQuotes);
  });

  it("reads what the empty view offers", async function () {
    const { workbench } = session(this);
    const view = containersViewOf(workbench, chinese.translate("Containers"));
    await view.open();
    assertTranslated(chinese, [await view.welcome()]);
    await workbench.screenshot("chinese view");
  });
});
