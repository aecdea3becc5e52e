import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { buttons, notices, reportPage } from "../../client/english";
import { seriousFaults } from "../axe";
import { paletteCommand } from "../manifest";
import { useEditor } from "../session";
import { like } from "../texts";
import { files } from "../workspace";

/** Milliseconds for a build without a network and a boot, on a slow computer. */
const bootTime = 90_000;

/** A boot that lasts long enough to be watched. */
const slow = {
  "slow/Dockerfile": `FROM systemd-test:252
ENV container=docker
COPY slow.service /etc/systemd/system/slow.service
RUN systemctl enable slow.service
STOPSIGNAL SIGRTMIN+3
CMD ["/sbin/init"]
`,
  "slow/slow.service": `[Service]
Type=oneshot
ExecStart=/bin/sleep 15

[Install]
WantedBy=multi-user.target
`,
};

describe("a person who looks at a boot", () => {
  const session = useEditor({
    files: { ...files, ...slow },
    lab: { engine: "docker@28/v2", images: ["systemd-test:252"] },
    withEngine: (address) => ({ engine: address }),
  });
  const timeline = like(reportPage.chain());
  const degraded = like(notices.degraded("worker-systemd", "#", "worker.service"));

  it("sees the state, the failed unit and when units started", async function () {
    const { workbench } = session(this);
    await workbench.openFile("worker/Dockerfile");
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    await workbench.waitForNotification(degraded, bootTime);
    await workbench.pressInNotification(buttons.showBootReport());
    const text = await workbench.previewText(timeline);
    assert.match(text, like(reportPage.after(reportPage.degraded(1), "#")));
    assert.match(text, like(reportPage.readAt("#")));
    assert.match(text, /multi-user\.target/);
    const rows = (await workbench.previewFrame()).locator("#timeline tbody tr");
    assert.ok((await rows.count()) > 20);
    assert.ok((await rows.filter({ hasText: reportPage.critical() }).count()) > 3);
    assert.match(await rows.filter({ hasText: "systemd-journald.service" }).innerText(), /\d\.\d{3} s/);
  });

  it("can use it with whatever theme and reader: axe finds nothing serious", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    await workbench.pictures("boot-report", async () => {
      await workbench.previewText(timeline);
      assert.deepEqual(await seriousFaults(await workbench.previewFrame()), []);
    });
  });

  it("sees the timeline in each theme", async function () {
    const { workbench } = session(this);
    await workbench.pictures("boot-timeline", async () => {
      await workbench.previewText(timeline);
      await (await workbench.previewFrame())
        .locator("#timeline table")
        .evaluate((table) => table.scrollIntoView());
    });
    await workbench.setTheme("light");
  });

  it("sees at the next boot what changed, in the same page", async function () {
    const { workbench } = session(this);
    await workbench.runCommand(paletteCommand("restart"));
    await workbench.waitForNotification(degraded, bootTime);
    assert.match(await workbench.previewText(like(reportPage.changes())), like(reportPage.readAt("#")));
  });

  it("goes to the line by the keyboard", async function () {
    const { workbench } = session(this);
    await workbench.dismissNotifications();
    const place = (await workbench.previewFrame()).locator("#failed button[data-action=place]").first();
    await place.focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator('.tab.active[data-resource-name="worker.service"]').waitFor();
  });

  it("is told that it is past when the container has stopped", async function () {
    const { workbench, exec } = session(this);
    await exec(["docker", "stop", "--time=1", "worker-systemd"]);
    await workbench.runCommand("View: Open Previous Editor in Group");
    await workbench.previewText(like(reportPage.stale("worker-systemd")));
    await workbench.screenshot("boot-report stale");
  });

  it("watches a boot while it goes on", async function () {
    const { workbench, exec } = session(this);
    await workbench.openFile("slow/Dockerfile");
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    const runs = async () =>
      (await exec(["docker", "ps", "--format", "{{.Names}}"])).stdout.includes("slow-systemd");
    await workbench.until("the container runs", async () => (await runs()) || undefined, bootTime);
    await workbench.runCommand(paletteCommand("showBootReport"));
    const text = await workbench.previewText(like(reportPage.booting("slow-systemd")));
    assert.match(text, /Welcome to Debian/);
    await workbench.screenshot("boot-report booting");
    await workbench.waitForNotification(like(notices.booted("slow-systemd", "#")), bootTime);
    assert.match(await workbench.previewText(timeline), like(reportPage.after(reportPage.running(), "#")));
  });
});
