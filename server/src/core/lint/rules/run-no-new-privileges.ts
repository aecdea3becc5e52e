import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runNoNewPrivileges = containerRule({
  id: "run-no-new-privileges",
  title: "no-new-privileges and users who log in",
  severity: "hint",
  why: `
    With \`no-new-privileges\` no program gains rights by its setuid bit or file capabilities. systemd boots
    with it, and services that do not depend on such programs run. sudo, su and ping do: people who log in
    cannot become root. As it is a good setting otherwise, this is only said.
  `,
  consequence: "It boots and stops as usual; sudo, su and other setuid programs fail.",
  symptoms: ["hindered"],
  ignore: "Nobody uses sudo or su in the container: then the option is a good one.",
  evidence: {
    measured: "no-new-privileges on Docker 28.5, cgroup v2, systemd 252: running, stops in 0.2 s with 0.",
  },
  sources: ["Linux, Documentation/userspace-api/no_new_privs.rst"],
  messages: {
    found: "systemd boots with {option}, but sudo, su and other setuid programs fail for users who log in.",
  },
  *check({ source }, say) {
    for (const option of source.spec.securityOptions) {
      const [name, value = "true"] = option.split(/[=:]/);
      if (name !== "no-new-privileges" || !/^(1|t|true)$/i.test(value)) continue;
      yield {
        span: placeOf(source, { key: "securityOptions", item: option }),
        message: say("found", { option: name }),
      };
    }
  },
});
