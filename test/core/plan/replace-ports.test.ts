import { describe, expect, test } from "vitest";
import { replacePort } from "../../../server/src/core/container/quantities";
import type { InspectedImage } from "../../../server/src/core/image/seen-image";
import { isPlan } from "../../../server/src/core/plan/plan";
import { commandFor } from "../../../server/src/core/plan/render/command";
import type { LaunchOptions } from "../../../server/src/core/plan/types";
import { imageLaunch, type Launch, launches } from "../../../server/src/core/project/plans";
import { noFiles } from "../no-files";
import { docker28 } from "./services";

test.each([
  ["8080:80", ["8081:80"]],
  ["127.0.0.1:8080:80", ["127.0.0.1:8081:80"]],
  ["[::1]:8080:53/udp", ["[::1]:8081:53/udp"]],
  ["8079-8081:79-81", ["8079:79", "8081:80", "8081:81"]],
  // None of these publishes at 8080 of the host and nowhere else.
  ["80:8080", ["80:8080"]],
  ["8080", ["8080"]],
  ["127.0.0.1::8080", ["127.0.0.1::8080"]],
  ["8000-8100:80", ["8000-8100:80"]],
  ["no port", ["no port"]],
])("8080 is taken: %s", (port, published) => {
  expect(replacePort(port, { taken: 8080, free: 8081 })).toEqual(published);
});

describe("a plan with another port in place of one that is taken", () => {
  const published = (launch: Launch | undefined) => {
    if (!launch || !isPlan(launch.plan)) throw new Error("there is no plan");
    const { ports, hostname } = launch.plan.spec;
    return { ports, hostname, words: commandFor(launch.plan, "docker") };
  };
  const image: InspectedImage = {
    entrypoint: [],
    command: ["/sbin/init"],
    environment: {},
    volumes: [],
    exposed: ["22/tcp"],
    programs: { "/sbin/init": "/usr/lib/systemd/systemd" },
    distribution: ["debian"],
  };
  const replacePorts = [{ taken: 8080, free: 8081 }];
  const options: LaunchOptions = { hostname: "web", ports: ["8080:80", "8443:443", "exposed"], replacePorts };

  test("has the other ports and options as they were, those of EXPOSE among them", () => {
    const { ports, hostname, words } = published(imageLaunch(image, docker28, "web", options));
    expect(ports).toEqual(["8081:80", "8443:443", "127.0.0.1::22/tcp"]);
    expect(hostname).toBe("web");
    expect(words).toEqual(expect.arrayContaining(["8081:80", "8443:443", "127.0.0.1::22/tcp"]));
    expect(words).not.toContain("8080:80");
  });

  test("can be asked for again, where the next port is taken too", () => {
    const again = { ...options, replacePorts: [...replacePorts, { taken: 8081, free: 8090 }] };
    const { ports } = published(imageLaunch(image, docker28, "web", again));
    expect(ports).toEqual(["8090:80", "8443:443", "127.0.0.1::22/tcp"]);
  });

  test("has it in place of a service's own", () => {
    const text =
      "services: {db: {image: db, command: /sbin/init, hostname: own, ports: ['8080:80', '90:90']}}";
    const uri = "file:///srv/compose.yaml";
    const file = { uri, text, snapshot: noFiles };
    const [launch] = launches(file, docker28, { options: { replacePorts } });
    const { ports, hostname, words } = published(launch);
    expect([hostname, ...ports]).toEqual(["own", "8081:80", "90:90"]);
    expect(words.filter((word) => word === "--publish")).toHaveLength(2);
  });

  test("has it in a command that hides values, too", () => {
    const text =
      "services: {db: {image: db, command: '/sbin/init --db=$DB_PASSWORD', ports: ['8080:80', '90:90']}}";
    const files: Record<string, string> = { "file:///srv/.env": "DB_PASSWORD=hunter2\n" };
    const snapshot = { read: (asked: string) => files[asked], runFiles: [] };
    const file = { uri: "file:///srv/compose.yaml", text, snapshot };
    const { ports, words } = published(launches(file, docker28, { options: { replacePorts } })[0]);
    expect(ports).toEqual(["8081:80", "90:90"]);
    expect(words).toEqual(expect.arrayContaining(["8081:80", "90:90"]));
    expect(words.join(" ")).not.toMatch(/8080:80|hunter2/);
  });
});
