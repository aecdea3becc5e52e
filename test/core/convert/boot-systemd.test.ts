import { describe, expect, test } from "vitest";
import { bootSystemd } from "../../../server/src/core/convert/boot-systemd";
import { lint } from "../../../server/src/core/lint/lint";
import { defaultSettings } from "../../../server/src/core/lint/settings";
import { contextOf, filesOf } from "./converted";

function converted(text: string, files?: Readonly<Record<string, string>>) {
  const result = bootSystemd(contextOf(text, files));
  const { Dockerfile = "", ...created } = filesOf(result);
  return { text: Dockerfile, created, doubt: "doubt" in result ? result.doubt : undefined };
}

/** A stage without its program, and what became of it. */
const programs: readonly (readonly [says: string, text: string])[] = [
  [
    "a package's program",
    'FROM debian:12\nRUN apt-get install -y nginx\nCMD ["nginx", "-g", "daemon off;"]\n',
  ],
  [
    "a program of the context",
    'FROM python:3.12-slim\nWORKDIR /app\nCOPY app.py .\nCMD ["python", "app.py"]\n',
  ],
  [
    "an entry script with arguments",
    'FROM ubuntu:24.04\nCOPY run.sh /\nENTRYPOINT ["/run.sh"]\nCMD ["-p", "80"]\n',
  ],
  ["another user", 'FROM fedora:41\nRUN useradd app\nUSER app\nCMD ["/opt/app"]\n'],
  ["shell form", "FROM rockylinux:9\nENV A=1\nCMD /opt/app --home $A | tee /var/log/app\n"],
  ["a program on AlmaLinux", 'FROM almalinux:9\nCMD ["/opt/app"]\n'],
  ["a program on UBI", 'FROM registry.access.redhat.com/ubi9/ubi-init\nCMD ["/opt/app"]\n'],
  ["CRLF and no last line end", 'FROM debian:12\r\nRUN make\r\nCMD ["/opt/app"]'],
  [
    "a multi-stage build",
    'FROM golang:1.22 AS b\nRUN go build -o /app\nFROM debian:12\nCOPY --from=b /app /\nCMD ["/app"]\n',
  ],
  ["a shell", 'FROM ubuntu:22.04\nCMD ["bash"]\n'],
  ["nothing", "FROM debian:12\nRUN apt-get install -y cron\n"],
  ["systemd without init", 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/opt/app"]\n'],
];

describe.each(programs)("an image that starts %s", (_, text) => {
  const result = converted(text);
  const after = contextOf(result.text, result.created);

  test("boots systemd, and nothing of it is an error or a warning", () => {
    const { findings } = lint({ ...after, settings: defaultSettings });
    expect(findings.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
    expect(bootSystemd(after)).toMatchObject({ refused: { key: "convert.boots" } });
  });

  test("keeps its other lines, in their order", () => {
    const lines = text.split("\n").filter((line) => !/^(CMD|ENTRYPOINT)\b/.test(line) && line.trim() !== "");
    const left = result.text.split("\n");
    expect(left.filter((line) => lines.includes(line))).toEqual(lines);
    if (text.includes("\r\n")) expect(result.text.replaceAll("\r\n", "")).not.toContain("\n");
  });
});

describe("the unit", () => {
  test("of a package is enabled, and no other one is made", () => {
    const { created, text } = converted(programs[0]?.[1] ?? "");
    expect(created).toEqual({});
    expect(text).toMatch(/systemctl enable nginx\.service\n/);
  });

  test("of a program has its directory, user and variables", () => {
    const dockerfile = [
      "FROM python:3.12-slim",
      "ENV PORT=8000",
      "WORKDIR /app",
      "USER app",
      'CMD ["python", "app.py"]',
      "",
    ];
    const { created } = converted(dockerfile.join("\n"));
    expect(Object.keys(created)).toEqual(["run-python.service"]);
    expect(created["run-python.service"]?.split("\n")).toEqual(
      expect.arrayContaining([
        "ExecStart=/usr/bin/env python app.py",
        "WorkingDirectory=/app",
        "User=app",
        "PassEnvironment=PORT",
        "WantedBy=multi-user.target",
      ]),
    );
  });

  test("is that of CMD alone where the base image may have an ENTRYPOINT", () => {
    expect(converted('FROM node:20\nCMD ["node", "x"]\n').doubt?.key).toBe("convert.entrypoint");
    expect(converted('FROM node:20\nENTRYPOINT ["node", "x"]\n').doubt).toBeUndefined();
    expect(converted('FROM debian:12\nCMD ["/x"]\n').doubt).toBeUndefined();
  });
});

test.each([
  ["boots", 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n', {}],
  ["base", 'FROM alpine:3.20\nCMD ["nginx"]\n', {}],
  ["base", 'FROM scratch\nCMD ["/app"]\n', {}],
  ["base", 'FROM registry.example.com/app\nCMD ["/app"]\n', {}],
  ["base", 'FROM python:3.12-alpine\nCMD ["/app"]\n', {}],
  ["program", "FROM nginx:1.27\nCOPY site /usr/share/nginx/html\n", {}],
  ["exists", 'FROM debian:12\nCMD ["/app"]\n', { "run-app.service": "[Unit]\n" }],
  ["invalid", "FROM debian:12\nRUN <<EOF\n", {}],
  ["invalid", "", {}],
])("is left as it is: %s", (reason, text, files) => {
  expect(bootSystemd(contextOf(text, files))).toMatchObject({ refused: { key: `convert.${reason}` } });
});
