import { expect, test } from "vitest";
import { parse } from "yaml";
import { applyEdits } from "../../../server/src/core/base/text";
import { dedent } from "../../../server/src/core/docs/page";
import { debianImage } from "../../../server/src/core/lint/examples/blocks";
import { lint } from "../../../server/src/core/lint/lint";

const uri = "file:///w/compose.yaml";

/** What the rule reports of a service whose image has packages, and the service after the first fix. */
function judged(packages: string, settings: string) {
  const image = dedent(debianImage.Dockerfile).replace("dbus", `dbus ${packages}`);
  const text = `services:\n  web:\n    build: .\n    tty: true\n    tmpfs: [/run, /run/lock]\n${settings}`;
  const read = (asked: string) => (asked === uri ? text : asked.endsWith("/Dockerfile") ? image : undefined);
  const { findings } = lint({
    ...{ uri, text, snapshot: { runFiles: [uri], read } },
    settings: { rules: {}, target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 } },
  });
  const [finding, ...others] = findings.filter(({ rule }) => rule === "run-capability-unneeded");
  if (!finding || others.length > 0) throw new Error("not one finding");
  const [fix] = finding.fixes;
  return {
    key: finding.message.key,
    severity: finding.severity,
    safe: fix?.safe,
    fixed: parse(applyEdits(text, fix?.edits ?? [])).services.web,
  };
}

test("all capabilities are more than systemd needs; what an enabled service needs of them stays", () => {
  const settings = "    security_opt: [writable-cgroups=true]\n    cap_add: [ALL]\n";
  expect(judged("", settings)).toMatchObject({
    ...{ key: "run-capability-unneeded.all", severity: "information", safe: false },
    fixed: { tmpfs: ["/run", "/run/lock"] },
  });
  expect(judged("", settings).fixed).not.toHaveProperty("cap_add");
  expect(judged("nftables && systemctl enable nftables", settings).fixed.cap_add).toEqual(["NET_ADMIN"]);
});

test("so is access to what engines hide of /proc and /sys", () => {
  const settings = "    security_opt: [writable-cgroups=true, systempaths=unconfined]\n";
  expect(judged("", settings)).toMatchObject({
    key: "run-capability-unneeded.found",
    fixed: { security_opt: ["writable-cgroups=true"] },
  });
});
