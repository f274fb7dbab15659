using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>Sends an event that a channel is subscribed to through intake, for whoever wants to see a first one arrive.</summary>
internal sealed class SampleEventService(EventIntake intake, IEnumerable<IChannel> channels, TimeProvider time)
{
    /// <summary>CloudEvents <c>source</c> of such events.</summary>
    public const string Source = "notify-admin/sample";

    /// <summary>Stores the channel's own example as an event like any other: whoever else is subscribed to it is sent it as well.</summary>
    /// <returns>False when the channel is gone, or the store cannot take events now.</returns>
    public async Task<bool> SendAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var kind = channels.Single(c => c.Kind == channel.Kind);
        if (await kind.FindAsync(channel.Id, cancellationToken) is not { } destination)
        {
            return false;
        }

        var now = time.GetUtcNow();
        using var document = JsonDocument.Parse(ToJson(kind.Example(destination, now), now).ToJsonString());
        var (parsed, problems) = CloudEventValidator.Read(document.RootElement, null);
        return parsed is null
            ? throw new InvalidOperationException($"The example of {channel} is no event: {string.Join("; ", problems)}")
            : !(await intake.AcceptAsync([parsed])).IsBusy;
    }

    private static JsonObject ToJson(EventRecord example, DateTimeOffset now)
    {
        var fields = example.Fields;
        var data = new JsonObject
        {
            ["title"] = fields.Title,
            ["asset"] = fields.Asset,
            ["target"] = fields.Target,
            ["scanId"] = fields.ScanId,
            ["trigger"] = fields.Trigger,
            ["avgThreat"] = fields.AvgThreat,
            ["groupId"] = fields.GroupId,
            ["item_level"] = fields.ItemLevel,
            ["event_type"] = fields.EventType,
            ["type"] = fields.Type,
            ["necessity"] = fields.Necessity,
            ["severity"] = fields.Severity,
            ["message"] = fields.Description,
        };
        foreach (var absent in data.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            data.Remove(absent);
        }

        return new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"sample-{Guid.CreateVersion7(now):N}",
            ["source"] = Source,
            ["type"] = example.Type,
            ["time"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        };
    }
}
