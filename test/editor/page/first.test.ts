import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "mocha";
import texts from "../../../package.nls.json";
import { buttons, notices, rows } from "../../client/english";
import { paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";

/** Milliseconds for a build that installs packages. */
const buildTime = 600_000;

/** From an empty window to a running container, by what the walkthrough shows. */
describe("a person who has only installed the extension", () => {
  const session = useEditor({
    emptyWindow: true,
    lab: { engine: "docker@28/v2", images: ["debian:11"] },
    withEngine: (engine) => ({ engine }),
  });

  /** The label of a button of a step. */
  const buttonOf = (step: keyof typeof texts) => /\[(.*?)\]/.exec(texts[step])?.[1] ?? "";
  const title = (id: string) => paletteCommand(id).replace(/^.*: /, "");

  it("opens the walkthrough", async function () {
    const { workbench } = session(this);
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.choose(new RegExp(texts["walkthrough.title"]), texts["walkthrough.title"]);
    await workbench.page.getByText(texts["walkthrough.see.title"]).first().waitFor();
    await workbench.pictures("first walkthrough");
  });

  it("opens the example from it, and sees what is wrong", async function () {
    const { workbench } = session(this);
    const { page } = workbench;
    await page.getByText(texts["walkthrough.see.title"]).first().click();
    await page
      .getByRole("button", { name: buttonOf("walkthrough.see") })
      .first()
      .click();
    await workbench.acceptDirectory(workbench.folder, "broken", buttons.createExample());
    await page.locator('.tab.active[data-resource-name="Dockerfile"]').waitFor();
    await workbench.waitForSquiggle("error");
    await workbench.pictures("first example");
  });

  it("fixes and boots it", async function () {
    const { workbench } = session(this);
    await workbench.fixAll();
    await workbench.save(join("systemd-example", "Dockerfile"));
    await workbench.page.locator(".codelens-decoration a", { hasText: title("buildAndBoot") }).click();
    await workbench.waitForNotification(like(notices.booted("systemd-example-systemd", "#")), buildTime);
    await workbench.pictures("first running");
  });

  it("sees above the FROM that it runs, and looks inside", async function () {
    const { workbench } = session(this);
    const { page } = workbench;
    const lens = page.locator(".codelens-decoration a");
    await lens.filter({ hasText: rows.journal() }).first().waitFor();
    const [state, ...others] = await lens.allInnerTexts();
    assert.match(state ?? "", /^running · \d+\.\d s$/);
    assert.deepEqual(others, [rows.journal(), rows.shell(), title("buildAndBoot"), title("copyRunCommand")]);
    await lens.filter({ hasText: rows.shell() }).first().click();
    await workbench.typeInTerminal("systemctl is-active ssh\n", /^active/m);
    await workbench.pictures("first inside");
  });
});
