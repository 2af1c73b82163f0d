import proto from '@temporalio/proto';
import type { Client } from '@temporalio/client';

const workflowQueueType = proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

/** True if a worker polls the queue: without one, runs are accepted and wait. */
export async function isWorkerPresent(client: Client, taskQueue: string): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: workflowQueueType,
  });
  return pollers.length > 0;
}
