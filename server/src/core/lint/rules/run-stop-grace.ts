import { enabledBy } from "../../boot/target";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** How long systemd itself waits for a service to stop (DefaultTimeoutStopSec=). */
const systemdWaits = 90;

/** The engines' default grace period. */
const engineWaits = 10;

/** Services that write data from memory to disk when they stop. */
const databases =
  /^(postgresql|mysqld?|mariadb|mongod|redis|cassandra|elasticsearch|opensearch|slapd|couchdb|influxdb|oracle|neo4j|rabbitmq-server)([-@].*)?\.service$/;

export const runStopGrace = containerRule({
  id: "run-stop-grace",
  title: "Allow services enough time to stop",
  severity: "hint",
  lasting: true,
  why: `
    If the container is still running after the grace period (10 seconds by default), the engine kills it with
    SIGKILL. systemd allows each service 90 seconds to stop. Most services stop much faster, but a database that
    has to flush its data to disk can need more than 10 seconds.
  `,
  consequence: "Services that need longer to stop are killed (exit code 137).",
  symptoms: ["killed-on-stop"],
  ignore:
    "If the services of the image stop quickly, or if losing their unsaved data is acceptable, you can disable this rule.",
  evidence: {
    sourced: "Docker documentation, docker container stop; systemd-system.conf(5), DefaultTimeoutStopSec=",
    why: "the measured images stop in 0.2 to 0.6 s; the time that a database needs depends on its data.",
  },
  messages: {
    short:
      "The grace period is {seconds} s, below the default of {normal} s. systemd allows each service {right} s to stop.",
    database:
      "{unit} might need more than {normal} s to stop, but the engine kills the container after that time. systemd allows {right} s.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    const { stopGrace } = source.spec;
    const unit = stopGrace === undefined ? databaseOf(subject) : undefined;
    if (unit === undefined && (stopGrace === undefined || stopGrace >= engineWaits)) return;
    const step: SpecChange = { do: "set", key: "stopGrace", value: systemdWaits };
    const args = {
      seconds: String(stopGrace),
      unit: unit ?? "",
      normal: String(engineWaits),
      right: String(systemdWaits),
    };
    yield {
      span: placeOf(source, { key: "stopGrace" }),
      message: say(unit === undefined ? "short" : "database", args),
      fixes: [stepsFix(source, [step], say("fix", { what: source.toDisplay(step) }), false)],
    };
  },
});

function databaseOf({ image }: ContainerSubject): string | undefined {
  return image && enabledBy(image.image).find(({ unit }) => databases.test(unit))?.unit;
}
