import type { BareEvent, EventTextColumn } from './columns'
import type { NumberColumn } from './filter'
import { NumberBuilder } from './number-builder'
import { ShapeBuilder, type ShapeColumn } from './shape-builder'
import { TextBuilder } from './text-builder'

/** One builder for each column of an event. Fields of a class, because in an object put together they are found slowly. */
export class EventBuilders
  implements Record<Exclude<EventTextColumn, ShapeColumn>, TextBuilder>, Record<NumberColumn, NumberBuilder>
{
  readonly shapes = new ShapeBuilder()
  readonly reason = new TextBuilder()
  readonly actorId = new TextBuilder()
  readonly actorName = new TextBuilder()
  readonly actorEmail = new TextBuilder()
  readonly actorKind = new TextBuilder()
  readonly onBehalf = new TextBuilder()
  readonly targetKind = new TextBuilder()
  readonly targetId = new TextBuilder()
  readonly targetName = new TextBuilder()
  readonly machineKind = new TextBuilder()
  readonly machineId = new TextBuilder()
  readonly machineName = new TextBuilder()
  readonly session = new TextBuilder()
  readonly approval = new TextBuilder()
  readonly ip = new TextBuilder()
  readonly userAgent = new TextBuilder()
  readonly client = new TextBuilder()
  readonly tenant = new TextBuilder()
  readonly project = new TextBuilder()
  readonly command = new TextBuilder()
  readonly output = new TextBuilder()
  readonly authMethod = new TextBuilder()
  readonly mfa = new TextBuilder()
  readonly fileName = new TextBuilder()
  readonly fileDirection = new TextBuilder()
  readonly decision = new TextBuilder()
  readonly approver = new TextBuilder()
  readonly justification = new TextBuilder()
  readonly scope = new TextBuilder()
  readonly repeat = new NumberBuilder(1)
  readonly exitCode = new NumberBuilder(Number.NaN)
  readonly durationMs = new NumberBuilder(Number.NaN)
  readonly fileSize = new NumberBuilder(Number.NaN)

  add(row: number, event: BareEvent): void {
    this.shapes.add(row, event)
    this.reason.add(row, event.reason)
    this.onBehalf.add(row, event.onBehalf)
    this.session.add(row, event.session)
    this.approval.add(row, event.approval)
    this.ip.add(row, event.ip)
    this.userAgent.add(row, event.userAgent)
    this.client.add(row, event.client)
    this.tenant.add(row, event.tenant)
    this.project.add(row, event.project)
    this.command.add(row, event.command)
    this.output.add(row, event.output)
    this.authMethod.add(row, event.authMethod)
    this.mfa.add(row, event.mfa)
    this.decision.add(row, event.decision)
    this.approver.add(row, event.approver)
    this.justification.add(row, event.justification)
    this.scope.add(row, event.scope)
    this.repeat.add(row, event.repeat)
    this.exitCode.add(row, event.exitCode)
    this.durationMs.add(row, event.durationMs)
    this.#addGroups(row, event)
  }

  #addGroups(row: number, { actor, target, machine, file }: BareEvent): void {
    if (actor) {
      this.actorId.add(row, actor.id)
      this.actorName.add(row, actor.name)
      this.actorEmail.add(row, actor.email)
      this.actorKind.add(row, actor.kind)
    }
    if (target) {
      this.targetKind.add(row, target.kind)
      this.targetId.add(row, target.id)
      this.targetName.add(row, target.name)
    }
    if (machine) {
      this.machineKind.add(row, machine.kind)
      this.machineId.add(row, machine.id)
      this.machineName.add(row, machine.name)
    }
    if (file) {
      this.fileName.add(row, file.name)
      this.fileDirection.add(row, file.direction)
      this.fileSize.add(row, file.size)
    }
  }
}
