/** Reload tasks: made by one call, started by another, and how they ended (QR-063). */
import { randomUUID } from "node:crypto";
import type { Entity, Json } from "../../contract/types.ts";
import { idAt, isRecord } from "../fields.ts";
import type { EnginePort } from "../ports.ts";
import { Refusal } from "./refusal.ts";
import type { Caller } from "./caller.ts";
import type { Repository } from "./repository.ts";

/** The task of a creation bundle, which holds its triggers beside it. */
export function taskOf(bundle: Json): Json {
  const task = isRecord(bundle) ? bundle["task"] : undefined;
  if (!isRecord(task) || idAt(task, "app") === "") throw new Refusal(400, "Missing parameter value(s): task");
  return task;
}

const ended = { success: 7, failure: 8 } as const;

/** Runs a task to its end; gives the id under which the execution's result is found. */
export async function startTask(
  repository: Repository,
  engine: EnginePort,
  { who }: Caller,
  task: Entity,
): Promise<string> {
  const appId = idAt(task, "app");
  const done = await engine.runTask(who, appId);
  const executionId = randomUUID();
  const status = done ? ended.success : ended.failure;
  repository.store.put("ExecutionResult", { id: randomUUID(), executionId, taskID: task.id, appID: appId, status });
  return executionId;
}
