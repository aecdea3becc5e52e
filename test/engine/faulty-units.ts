/** The lines of a service that has no fault, and these. */
const service = (...lines: string[]) => `[Service]\nExecStart=/bin/true\n${lines.join("\n")}\n`;
const unit = (...lines: string[]) => `[Unit]\n${lines.join("\n")}\n${service()}`;
const timer = (...lines: string[]) => `[Timer]\n${lines.join("\n")}\nUnit=good.service\n`;

/** Texts of units with a fault, or with none, by the kind of what is wrong. A unit's name has the kind and a number. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "good.service": [service("Type=oneshot"), `${service()}[Install]\nWantedBy=multi-user.target\n`],
  "section.service": [service("[Bogus]", "X=1"), "ExecStart=/bin/true\n", service("[service]", "User=a")],
  "key.service": [
    service("Foo=bar"),
    service("execstop=/bin/true"),
    service("After=good.service"),
    unit("User=root"),
    service("[Install]", "Wantedby=multi-user.target"),
  ],
  "line.service": ["[Service]\nExecStart /bin/true\n", service("just words"), service("=value")],
  "type.service": [service("Type=sinple"), service("Type=dbus"), "[Service]\nType=simple\n", "[Service]\n"],
  "value.service": [
    service("Restart=allways"),
    service("TimeoutStartSec=abc"),
    service("UMask=999"),
    service("LimitNOFILE=many"),
    service("Nice=100"),
    service("PrivateTmp=perhaps"),
    service("KillSignal=SIGNONE"),
    service("User=a b"),
    service("WorkingDirectory=relative"),
    service("Environment=A"),
    service("RestartSec=1 fortnight"),
    service("CPUQuota=much"),
    service("MemoryMax=lots"),
    service("OOMScoreAdjust=9999"),
    service("StandardOutput=file:relative"),
    service("SuccessExitStatus=FOO"),
    service("CapabilityBoundingSet=CAP_NONE"),
    service("RuntimeDirectory=/absolute"),
  ],
  "program.service": [
    "[Service]\nExecStart=/opt/none --x\n",
    "[Service]\nExecStart=-/opt/none/other\n",
    "[Service]\nExecStart=bin/relative\n",
    "[Service]\nExecStart=/etc/passwd\n",
    "[Service]\nExecStart=/etc\n",
    "[Service]\nExecStart=\n",
    '[Service]\nExecStart=/bin/echo "open\n',
    service("ExecStart=/bin/false"),
    service("ExecStop=/opt/none-stop"),
    service("ExecStartPre=@/bin/true"),
  ],
  "needs.service": [
    unit("Requires=nowhere.service"),
    unit("BindsTo=nowhere.device"),
    unit("Requires=not a unit"),
    unit("After=good"),
    unit("Wants=nowhere.service"),
  ],
  "old.service": [
    service("MemoryLimit=1G"),
    service("CPUShares=5"),
    service("StandardOutput=syslog"),
    service("KillMode=none"),
    service("PIDFile=/var/run/x.pid"),
    service("PermissionsStartOnly=yes"),
  ],
  "time.timer": [
    timer("OnCalendar=notaday"),
    timer("OnCalendar=*-13-01"),
    timer(),
    timer("OnBootSec=soon"),
    "[Timer]\nOnBootSec=1min\nUnit=nowhere.service\n",
  ],
  "listen.socket": ["[Socket]\nListenStream=/run/x.sock\n", "[Socket]\n", "[Socket]\nListenStream=x y z\n"],
  "where.mount": ["[Mount]\nWhat=/dev/null\nWhere=/mnt/x\n", "[Mount]\nWhere=relative\n"],
  "template@.service": ["[Service]\nExecStart=/opt/none %i\nBar=1\n"],
};

const numbered = Object.entries(kinds).flatMap(([kind, texts]) =>
  texts.map((text, number) => [kind.replace(/(?=@?\.)/, number === 0 ? "" : `${number}`), text] as const),
);

const one = (before: string) => unit(`Requires=${before}.service`, `After=${before}.service`);

/** Unit files by their names. */
export const faultyUnits: Readonly<Record<string, string>> = {
  ...Object.fromEntries(numbered),
  "cycle-a.service": one("cycle-b"),
  "cycle-b.service": one("cycle-c"),
  "cycle-c.service": one("cycle-a"),
};
