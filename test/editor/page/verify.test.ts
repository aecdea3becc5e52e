import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Context, describe, it } from "mocha";
import { verifyTexts } from "../../../client/src/texts/verify";
import { buttons, english } from "../../client/english";
import { paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";

/** Milliseconds for a build without a network and the verification, on a slow computer. */
const verifyTime = 90_000;

const app = `[Unit]
Description=An app

[Service]
ExecStart=/opt/none
Foo=1
`;

describe("units that the systemd of their image finds fault with", () => {
  const session = useEditor({
    files: {
      "app/Dockerfile": `FROM systemd-test:252
COPY app.service /etc/systemd/system/
COPY <<EOF /etc/systemd/system/here.service
[Service]
ExecStart=/bin/true
Restart=allways
EOF
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`,
      "app/app.service": app,
    },
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ engine: address }),
  });
  const open = (context: Context) => {
    const { workbench, exec } = session(context);
    /** Waits until the Problems view lists this many of the problems that were verified. */
    const counted = (count: number) =>
      workbench.until(`${count} verified problems`, async () => {
        const rows = await workbench.page.locator(".markers-panel .monaco-list-row").allInnerTexts();
        return rows.filter(isOurs).length === count || undefined;
      });
    return { workbench, exec, counted };
  };
  const isOurs = (row: string) => row.includes("systemd-containers verify");

  it("are listed after Verify Units, at the lines of a copied unit and of a heredoc", async function () {
    const { workbench, exec, counted } = open(this);
    await workbench.openFile("app/Dockerfile");
    await workbench.runCommand(paletteCommand("verifyUnits"));
    const message = verifyTexts.verified(english, "app/Dockerfile", 252, 2, 3);
    await workbench.waitForNotification(message, verifyTime);
    await workbench.screenshot("verify-units-notification");
    await workbench.pressInNotification(buttons.showProblems());
    // The view renders only the rows that fit, and the examples have problems as well.
    await workbench.page
      .locator(".panel .viewpane-filter input, .panel .viewpane-filter textarea")
      .first()
      .focus();
    await workbench.page.keyboard.type("systemd-containers verify");
    await counted(3);
    const rows = await workbench.problems(like(verifyTexts.problem(english, "here.service", 252, "#")));
    for (const place of ["[Ln 5, Col", "[Ln 6, Col"]) assert.ok(rows.includes(place), rows);
    await workbench.openFile("app/app.service");
    await workbench.screenshot("verify-units");
    assert.equal((await exec(["docker", "ps", "--all", "--quiet"])).stdout, "");
    const images = await exec(["docker", "images", "--format", "{{.Repository}}"]);
    assert.doesNotMatch(images.stdout, /boot/);
  });

  it("move with their lines, and disappear when these change", async function () {
    const { workbench, counted } = open(this);
    await workbench.dismissNotifications();
    await workbench.clickOn(await workbench.firstLine());
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.type("# A comment\n");
    const rows = await workbench.problems(/\[Ln 7, Col/);
    assert.ok(rows.includes("[Ln 6, Col"), rows);
    await workbench.page.keyboard.press("Control+G");
    await workbench.answer(":7:1");
    await workbench.page.keyboard.type("#");
    await counted(2);
    await workbench.screenshot("verify-units-edited");
    await workbench.save("app/app.service");
  });

  it("disappear when another program changes a file that is not open", async function () {
    const { workbench, counted } = open(this);
    await workbench.runCommand("View: Close All Editors");
    await writeFile(join(workbench.folder, "app/app.service"), app.replace("/opt/none", "/bin/true"));
    await counted(1);
  });

  it("are found again from the unit file, and are gone once they are corrected", async function () {
    const { workbench, counted } = open(this);
    await workbench.openFile("app/app.service");
    await workbench.runCommand(paletteCommand("verifyUnits"));
    const message = verifyTexts.verified(english, "app/Dockerfile", 252, 2, 2);
    await workbench.waitForNotification(message, verifyTime);
    await counted(2);
    await workbench.dismissNotifications();
    await writeFile(join(workbench.folder, "app/app.service"), "[Service]\nExecStart=/bin/true\n");
    // The editor reads the file again, which has no line with a problem.
    await counted(1);
    await workbench.runCommand(paletteCommand("verifyUnits"));
    const better = verifyTexts.verified(english, "app/Dockerfile", 252, 2, 1);
    await workbench.waitForNotification(better, verifyTime);
    await counted(1);
  });
});
