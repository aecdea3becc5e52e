// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose.
import { describe, expect, test } from "vitest";
import { launches, launchNames } from "../../../server/src/core/project/plans";
import { readFile } from "../../../server/src/core/surfaces/files";
import { docker28, folder, found, planned, service } from "./services";

const uri = `${folder}compose.yaml`;

describe("several files", () => {
  const base = service("hostname: db1\nvolumes: ['./a:/a']\nenvironment: [A=1, B=1]");
  const prod =
    "name: shop\nservices:\n  db: {hostname: db2, environment: {A: 2}, volumes: ['./b:/b', 'data:/c']}\n  web: {image: example.com/web, command: /sbin/init}\n";
  const merged =
    " --hostname=db2 .*--env A=2 --env B=1 .*-v /srv/My Shop/a:/a -v /srv/My Shop/b:/b -v shop_data:/c ";
  const list = (...files: string[]) => ({ files: files.map((file) => folder + file) });

  test("are merged in their order", () => {
    const { line } = planned(base, docker28, { "prod.yaml": prod }, { name: "db", ...list("prod.yaml") });
    expect(line).toMatch(new RegExp(merged));
    const last = "services: {db: {hostname: db3}}";
    const asked = { name: "db", ...list("prod.yaml", "last.yaml") };
    expect(planned(base, docker28, { "prod.yaml": prod, "last.yaml": last }, asked).plan.spec.hostname).toBe(
      "db3",
    );
  });

  test("have paths and .env relative to the first", () => {
    const deploy = "services: {db: {volumes: ['./b:/b'], env_file: b.env, build: image}}";
    const files = {
      "deploy/prod.yaml": deploy,
      ".env": "X=1",
      "deploy/.env": "X=2",
      "image/Dockerfile": "FROM debian:12\nUSER app\n",
    };
    const { line, plan } = planned(base.replace("db1", "$X"), docker28, files, list("deploy/prod.yaml"));
    expect(line).toContain("-v /srv/My Shop/b:/b");
    expect(line).toContain("--env-file /srv/My Shop/b.env");
    expect(line).toContain("--hostname=1 ");
    expect(plan.image.user).toBe("app");
  });

  test("but what is extended has paths relative to itself", () => {
    const files = {
      "deploy/prod.yaml": "services: {db: {extends: {file: lib/base.yaml, service: db}}}",
      "lib/base.yaml": "services: {db: {volumes: ['./c:/c']}}",
    };
    const { line } = planned(base, docker28, files, { name: "db", ...list("deploy/prod.yaml") });
    expect(line).toContain("-v /srv/My Shop/lib/c:/c");
  });

  test("leave out the override file, which compose looks for only where none is named", () => {
    const files = { "compose.override.yaml": "services: {db: {hostname: db4}}" };
    expect(planned(base, docker28, files).plan.spec.hostname).toBe("db4");
    expect(planned(base, docker28, files, list()).plan.spec.hostname).toBe("db1");
  });

  test("start the services of each of them", () => {
    const files = { "prod.yaml": prod };
    expect(found(base, docker28, files, list("prod.yaml")).map(({ name }) => name)).toEqual(["db", "web"]);
    const [web] = found(base, docker28, files, { name: "web", ...list("prod.yaml") });
    expect(web).toMatchObject({ completedUri: `${folder}prod.yaml` });
    expect(web?.completed).toContain("writable-cgroups=true");
    expect(web?.completed).toContain("hostname: db2");
  });

  test("can be those of COMPOSE_FILE in .env", () => {
    for (const env of [
      "COMPOSE_FILE=compose.yaml:prod.yaml",
      "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=compose.yaml,prod.yaml",
    ]) {
      const { line } = planned(base, docker28, { ".env": env, "prod.yaml": prod }, { name: "db" });
      expect(line, env).toMatch(new RegExp(merged));
    }
    const without = planned(base, docker28, { ".env": "COMPOSE_FILE=prod.yaml", "prod.yaml": prod });
    expect(without.plan.spec.hostname).toBe("db1");
    const absent = planned(base, docker28, { ".env": "COMPOSE_FILE=compose.yaml:none.yaml" });
    expect(absent.plan.own?.left).toEqual(["COMPOSE_FILE: none.yaml"]);
  });

  test("are named with the services of each, as a plan can be asked for them", () => {
    const files: Record<string, string> = {
      ".env": "COMPOSE_FILE=compose.yaml:prod.yaml",
      "prod.yaml": "services: {cache: {image: cache, command: /sbin/init}}",
    };
    const read = (asked: string) => (asked === uri ? base : files[asked.replace(folder, "")]);
    const file = { uri, text: base, snapshot: { read, runFiles: [] } };
    const project = readFile(file, read, {});
    expect(project && launchNames(project)).toEqual(["db", "cache"]);
    expect(launches(file, undefined, { name: "cache" })).toHaveLength(1);
  });

  test("can begin with one in another directory, whose .env comes second", () => {
    const files = {
      ".env": "COMPOSE_FILE=deploy/base.yaml:compose.yaml\nX=1",
      "deploy/base.yaml": "services: {db: {volumes: ['./b:/b']}}",
      "deploy/.env": "X=2\nY=${X}3",
    };
    const { line, plan } = planned(service("hostname: $X$Y\nvolumes: ['./a:/a']"), docker28, files);
    expect(line).toContain("-v /srv/My Shop/deploy/b:/b -v /srv/My Shop/deploy/a:/a");
    expect(plan.spec.hostname).toBe("113");
    expect(plan.image.reference).toBe("example.com/db");
  });
});
