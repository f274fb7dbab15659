using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>What came of a press.</summary>
/// <param name="IsFound">False where the channel has sent no such message, or it is not on record any more.</param>
/// <param name="Before">Who had done so before; null where nobody had.</param>
public sealed record AcknowledgeResult(bool IsFound, Acknowledged? Before = null);

/// <summary>Taking on what a message tells of. Every call checks the actor's policy.</summary>
internal sealed class AcknowledgementService(AcknowledgementStore store, ChannelDirectory channels, AuditTrail audit)
{
    public async Task<AcknowledgeResult> AcknowledgeAsync(PressedMessage pressed, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await store.FindAsync(pressed, cancellationToken) is not { } told)
        {
            return new AcknowledgeResult(false);
        }

        var channel = (await channels.ListAsync(cancellationToken)).Find(pressed.Channel)?.Name;
        var entry = audit.Entry(
            actor, "event.acknowledge",
            new AuditSubject("event", told.Event.RowId.ToString(CultureInfo.InvariantCulture), told.Event.Fields.Title ?? told.Event.Id),
            [new FieldChange("channel", null, channel)]);
        return new AcknowledgeResult(
            true, await store.AddAsync(told, ForeignText.Line(actor.Name, 256), actor.UserId, () => entry, cancellationToken));
    }
}
