// Runs Camunda's client for Node against a gateway: status, deploy, create, work by polling and by stream, publish.
// Usage: node check.mjs HOST:PORT
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { Camunda8 } from '@camunda8/sdk'

const address = process.argv[2] ?? '127.0.0.1:26500'
const model = fileURLToPath(new URL('../../examples/order.bpmn', import.meta.url))

const zeebe = new Camunda8({
  ZEEBE_GRPC_ADDRESS: `grpc://${address}`,
  CAMUNDA_OAUTH_DISABLED: true,
  zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'ERROR' },
}).getZeebeGrpcApiClient()

const within = (what, seconds, promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`Expected ${what} within ${seconds} s`)), seconds * 1000).unref()
    ),
  ])

async function check(what, body) {
  await within(what, 30, body())
  console.log(`ok  ${what}`)
}

await check('status', async () => {
  const topology = await zeebe.topology()
  assert.ok(topology.brokers.length >= 1)
  const leaders = topology.brokers.flatMap((b) => b.partitions).filter((p) => p.role === 'LEADER')
  assert.equal(leaders.length, topology.partitionsCount)
})

let processId
await check('deploy', async () => {
  const deployed = await zeebe.deployResource({ processFilename: model })
  processId = deployed.deployments[0].process.bpmnProcessId
  assert.ok(processId)
})

await check('work by polling', async () => {
  const seen = []
  const workers = ['collect-payment', 'ship-parcel'].map((taskType) =>
    zeebe.createWorker({
      taskType,
      timeout: 10_000,
      taskHandler: (job) => {
        seen.push(taskType)
        return job.complete({ [taskType]: 'done by node' })
      },
    })
  )
  const result = await zeebe.createProcessInstanceWithResult({
    bpmnProcessId: processId,
    variables: { amount: 30 },
    requestTimeout: 20_000,
  })
  assert.equal(result.variables['collect-payment'], 'done by node')
  assert.ok(seen.includes('collect-payment'))
  await Promise.all(workers.map((worker) => worker.close()))
})

await check('work by a stream', async () => {
  let arrive
  const arrived = new Promise((resolve) => (arrive = resolve))
  const stream = await zeebe.streamJobs({
    type: 'collect-payment',
    worker: 'node-stream',
    timeout: 10_000,
    tenantIds: ['<default>'],
    taskHandler: async (job) => {
      const done = await job.complete({ streamed: true })
      arrive(job)
      return done
    },
  })
  // Jobs that are there before the stream is open are not pushed.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const instance = await zeebe.createProcessInstance({ bpmnProcessId: processId, variables: { amount: 5 } })
  const job = await arrived
  assert.equal(job.processInstanceKey, instance.processInstanceKey)
  stream.close()
})

await check('publish', async () => {
  await zeebe.deployResource({ processFilename: fileURLToPath(new URL('delivery.bpmn', import.meta.url)) })
  // Some before and some after their instances, over all partitions.
  const parcels = [1, 2, 3, 4, 5, 6].map((number) => `node-${process.pid}-${number}`)
  const publish = (parcel) =>
    zeebe.publishMessage({
      name: 'delivered',
      correlationKey: parcel,
      timeToLive: 60_000,
      variables: { receivedBy: parcel },
    })
  await Promise.all(parcels.slice(0, 3).map(publish))
  const results = parcels.map((parcel) =>
    zeebe.createProcessInstanceWithResult({
      bpmnProcessId: 'delivery',
      variables: { parcel },
      requestTimeout: 20_000,
    })
  )
  await Promise.all(parcels.slice(3).map(publish))
  for (const result of await Promise.all(results)) {
    assert.equal(result.variables.receivedBy, result.variables.parcel)
  }
})

await zeebe.close()
