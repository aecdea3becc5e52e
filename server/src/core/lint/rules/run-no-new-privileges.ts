import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runNoNewPrivileges = containerRule({
  id: "run-no-new-privileges",
  title: "Avoid no-new-privileges if users need sudo",
  severity: "hint",
  why: `
    With \`no-new-privileges\`, programs do not gain privileges through a setuid bit or file capabilities. systemd
    boots with it, and services that do not use such programs work. sudo, su and ping do use them, so users who log in
    cannot become root. This is only a hint because the option is otherwise recommended.
  `,
  consequence: "The container boots and stops as usual, but sudo, su and other setuid programs fail.",
  symptoms: ["hindered"],
  ignore: "If sudo and su are not used in the container, keep the option and disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252: with no-new-privileges, the system state is running, and the container stops in 0.2 s (exit code 0).",
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
