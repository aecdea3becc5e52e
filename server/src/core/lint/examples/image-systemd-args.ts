import type { Examples } from "../example";
import { debian, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "Incorrect: the options lack their dashes.",
    source: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["log-level=info", "unit=sysinit.target"]
      #    ^^^^^^^^^^^^^^^^ dashes
      #                      ^^^^^^^^^^^^^^^^^^^^^ unit
    `,
    fixed: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info"]
    `,
    boot: {
      before: { state: "running", log: "Reached target multi-user.target" },
      after: { state: "running", stopCode: 0 },
    },
  },
  {
    says: "Incorrect: no shell runs the second command. Enable the service in a RUN instruction.",
    source: text`
      ${debian}
      ${settings}
      CMD ["/lib/systemd/systemd", "&&", "systemctl", "enable", "--now", "ssh"]
      #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shell
    `,
    fixed: text`
      ${debian}
      ${settings}
      CMD ["/lib/systemd/systemd"]
    `,
  },
  {
    says: "Correct: systemd reads options and kernel command line parameters.",
    source: text`
      ${debian}
      ${settings}
      ENTRYPOINT ["/lib/systemd/systemd"]
      CMD ["--log-level=info", "systemd.journald.forward_to_console=1", "quiet", "--", "unit=x"]
    `,
  },
];
