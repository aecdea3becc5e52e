import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { useEditor } from "../session";
import type { Workbench } from "../workbench";

/** Milliseconds until an image was inspected, on a slow computer. */
const inspected = 60_000;

const seen = (image: string) => new RegExp(`the contents of ${image} \\(sha256:[0-9a-f]{12}\\)\\.`);

/** The problems of one directory: those further down the list are not in the page. */
async function showOnly({ page }: Workbench, directory: string): Promise<void> {
  await page.getByPlaceholder(/^Filter/).fill(`**/${directory}/**`);
}

describe("an image that no table knows, but the engine", () => {
  const session = useEditor({
    files: {
      "child/Dockerfile": "FROM systemd-test:252\nRUN systemctl enable \n",
      "later/Dockerfile": "FROM later:1\nENV container=docker\n",
    },
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ engine: address }),
  });

  it("is inspected, and the problems name it", async function () {
    const { workbench } = session(this);
    await workbench.openFile("child/Dockerfile");
    await workbench.runCommand("Problems: Focus on Problems View");
    await showOnly(workbench, "child");
    await workbench.problems(seen("systemd-test:252"), inspected);
    await workbench.screenshot("inspection problems");
  });

  it("shows what was seen in it when its name is hovered", async function () {
    const { workbench } = session(this);
    await workbench.openFile("child/Dockerfile");
    await workbench.page.keyboard.press("Control+G");
    await workbench.answer(":1:8");
    await workbench.runCommand("Show or Focus Hover");
    const hover = workbench.page.locator(".monaco-hover:visible").first();
    await hover.waitFor();
    assert.match(await hover.innerText(), seen("systemd-test:252"));
    await workbench.screenshot("inspection hover");
    await workbench.page.keyboard.press("Escape");
  });

  it("that is made while the editor is open is seen at once", async function () {
    const { workbench, exec } = session(this);
    await workbench.openFile("later/Dockerfile");
    await showOnly(workbench, "later");
    await exec(["docker", "tag", "systemd-test:252", "later:1"]);
    await workbench.problems(seen("later:1"), inspected);
    await exec(["docker", "rmi", "later:1"]);
  });

  it("left nothing on the engine", async function () {
    const { exec } = session(this);
    assert.equal((await exec(["docker", "ps", "--all", "--quiet"])).stdout, "");
  });
});
