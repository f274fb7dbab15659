using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>The channels with their last day.</summary>
public sealed partial class ChannelLines
{
    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<ChannelLine> Lines { get; set; } = [];

    private static (string Key, IconName Icon, Tone Tone) LookOf(ChannelLine line) => line switch
    {
        { Channel.IsOn: false } => ("Off", IconName.Circle, Tone.Neutral),
        { Health: null } => ("Quiet", IconName.Circle, Tone.Neutral),
        { Health.Status: ChannelStatus.NeedsAttention } => ("NeedsAttention", IconName.Alert, Tone.Danger),
        { Health.Status: ChannelStatus.Failing } => ("Failing", IconName.Refresh, Tone.Warning),
        { Health.LastSuccessAt: null } => ("Quiet", IconName.Circle, Tone.Neutral),
        _ => ("Ok", IconName.Check, Tone.Success),
    };

    private string Summary(ChannelLine line)
    {
        var (sent, failed, open) = line.Hours.Aggregate((a, b) => a + b);
        return T["Health.Summary", sent, failed, open];
    }

    private IReadOnlyList<HealthBucket> Buckets(ChannelLine line) =>
    [
        .. line.Hours.Select((hour, index) => new HealthBucket(
            hour.Failed > 0 ? Tone.Danger : hour.Open > 0 ? Tone.Warning : hour.Sent > 0 ? Tone.Success : Tone.Neutral,
            index == line.Hours.Count - 1
                ? T["Health.ThisHour", hour.Sent, hour.Failed, hour.Open]
                : T["Health.Hour", line.Hours.Count - 1 - index, hour.Sent, hour.Failed, hour.Open])),
    ];
}
