// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose.
import { describe, expect, test } from "vitest";
import { hiddenNames, masked } from "../../../server/src/core/plan/own";
import { commandFor, explain } from "../../../server/src/core/plan/render/command";
import { createOptions } from "../../../server/src/core/plan/render/docker-api";
import { explainParts } from "../../../server/src/core/plan/render/parts";
import { docker28, planned, service } from "./services";

describe("variables of .env", () => {
  const env = [
    "TAG=12 # comment",
    "export DIR='/srv/a b'",
    'QUOTED="a\\tb\\$C"',
    "DEEP=${DIR}/${TAG:-none}",
    "EMPTY=",
    "YAML: yes",
    "SHELL_ONLY",
    "HOME_DIR=${HOME}/x",
    "SINGLE='${TAG}'",
  ].join("\n");
  const values: readonly (readonly [written: string, value: string, left?: readonly string[]])[] = [
    ["${TAG}", "12"],
    ["$TAG-x", "12-x"],
    ["${TAG:-11}", "12"],
    ["${TAG-11}", "12"],
    ["${TAG:?is needed}", "12"],
    ["${TAG:+on}", "on"],
    ["${TAG+on$TAG}", "on12"],
    ["${DIR}", "/srv/a b"],
    ["${QUOTED}", "a\tb$C"],
    ["${DEEP}", "/srv/a b/12"],
    ["${SINGLE}", "${TAG}"],
    ["${YAML}", "yes"],
    ["<${EMPTY}>", "<>"],
    ["${EMPTY:-full}", "full"],
    ["${EMPTY-full}", ""],
    ["${EMPTY:+on}", ""],
    ["${NONE:-${TAG}}", "12"],
    ["$${TAG}", "${TAG}"],
    ["${COMPOSE_PROJECT_NAME}", "myshop"],
    ["${NONE}", "${NONE}", ["${NONE}"]],
    ["${EMPTY:?is needed}", "${EMPTY:?is needed}", ["${EMPTY:?is needed}"]],
    ["${TAG:-${NONE}}", "12"],
    ["${SHELL_ONLY}", "${SHELL_ONLY}", ["${SHELL_ONLY}"]],
    ["${HOME_DIR}", "${HOME_DIR}", ["${HOME_DIR}"]],
    ["${HOME_DIR:-/root}", "${HOME_DIR:-/root}", ["${HOME_DIR:-/root}"]],
  ];
  test.each(values)("%s is %j", (written, value, left = []) => {
    const { plan } = planned(service(`hostname: '${written}'`), docker28, { ".env": env });
    expect(plan.spec.hostname).toBe(value);
    expect(plan.own?.left).toEqual(left);
  });

  test("reach every part of a service", () => {
    const keys =
      "image: 'web:$TAG'\nlabels: {a: $TAG}\nvolumes: ['$AT:/a']\nports: ['$PORT:80']\nenvironment: ['A=$TAG']";
    const text = `services: {db: {command: /sbin/init, ${keys.replaceAll("\n", ", ")}}}`;
    const { line, plan } = planned(text, docker28, { ".env": "TAG=12\nAT=./data\nPORT=8080" });
    for (const flag of [
      "--label a=12",
      "-v /srv/My Shop/data:/a",
      "--publish 8080:80",
      "--env A=12",
      "web:12",
    ])
      expect(` ${line} `).toContain(` ${flag} `);
    expect(plan.own?.left).toEqual([]);
  });

  test("say whether systemd boots, and what is built", () => {
    const text = "services: {db: {build: $DIR, command: $INIT}}";
    const files = { ".env": "DIR=image\nINIT=/sbin/init", "image/Dockerfile": "FROM debian:12\nUSER app\n" };
    expect(planned(text, docker28, files).plan.image.user).toBe("app");
  });

  test("are what a variable without a value is handed on from", () => {
    const { plan } = planned(service("environment: {A: , B: , C: ''}"), docker28, { ".env": "A=1\nC=2" });
    expect(plan.spec.environment).toEqual({ A: "1", B: undefined, C: "", container: "docker" });
    expect(planned(service("environment: [A]"), docker28, { ".env": "A=1" }).plan.spec.environment.A).toBe(
      "1",
    );
  });

  test("stand in the name of the project and in that of a volume", () => {
    const text = service(
      "volumes: ['data:/a']",
      "name: $WHAT-shop\nvolumes: {data: {name: '${COMPOSE_PROJECT_NAME}_x'}}\n",
    );
    expect(planned(text, docker28, { ".env": "WHAT=my" }).line).toContain("-v my-shop_x:/a");
  });

  test("are not in the completed file", () => {
    const text = service("environment: {A: $TAG}\nhostname: $TAG");
    const { launch } = planned(text, docker28, { ".env": "TAG=twelve" });
    expect(launch.completed).toContain("hostname: $TAG");
    expect(launch.completed).not.toContain("twelve");
  });

  test("are unknown where compose refuses the file, and that is named", () => {
    for (const [broken, line] of [
      ["A=1\nB='open", 2],
      ["A=1\n\nB C=2", 3],
      ["A=1\n%=2", 2],
    ] as const) {
      const { plan } = planned(service("hostname: $A"), docker28, { ".env": broken });
      expect(plan.own?.left).toEqual(["$A", `.env: line ${line}`]);
    }
  });

  test("that grow without end are not followed", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `A${index + 1}=$A${index}$A${index}`);
    const { plan } = planned(service("hostname: $A40\ndomainname: $A3"), docker28, {
      ".env": `A0=aa\n${lines.join("\n")}`,
    });
    expect(plan.own?.left).toEqual(["$A40"]);
    expect(plan.spec.others?.domainname).toEqual(["a".repeat(16)]);
    const keys = Array.from({ length: 2000 }, (_, index) => `  l${index}: $A13`).join("\n");
    const many = planned(service(`labels:\n${keys}`), docker28, { ".env": `A0=aa\n${lines.join("\n")}` });
    expect(JSON.stringify(many.plan.own).length).toBeLessThan(3_000_000);
  });

  test("with a secret's name are shown nowhere", () => {
    const keys = "labels: {a: $API_TOKEN}\nenvironment: {A: $API_TOKEN}\nhostname: $NAME";
    const text = service(keys).replace("/sbin/init", "[/sbin/init, '-p$DB_PASS', '$NAME']");
    const env = "API_TOKEN=hunter2\nDB_PASS=hunter2\nNAME=db1";
    const { plan, line } = planned(text, docker28, { ".env": env });
    const command = commandFor(plan, "docker").join(" ");
    expect(command).toContain("--label a=***");
    expect(command).toMatch(/--hostname=db1 .* -p\*\*\* db1$/);
    const told = [explain(plan), explainParts(plan, "docker"), explainParts(plan, "podman"), command];
    expect(JSON.stringify([told, createOptions(masked(plan), "db")])).not.toContain("hunter2");
    const built = planned(service("build: {args: {T: $API_TOKEN}}"), docker28, { ".env": env });
    expect(hiddenNames(built.plan)).toEqual([]);
    expect(hiddenNames(plan)).toEqual(["A", "DB_PASS", "API_TOKEN"]);
    expect(line).toMatch(/ -phunter2 db1$/);
  });
});
