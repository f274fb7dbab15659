using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Bell;

/// <summary>The channels that are not well, one notice for each cause, as <em>Overview</em> counts them.</summary>
internal sealed class ChannelNotices(
    UnwellStore lanes, ChannelDirectory directory, PauseStore pauses, TimeProvider time, IStringLocalizer<BellText> texts)
{
    public async Task<IReadOnlyList<Notice>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unwell = await lanes.ListAsync(cancellationToken);
        if (unwell.Count == 0)
        {
            return [];
        }

        var names = await directory.ListAsync(cancellationToken);
        var silences = await pauses.ReadAsync(cancellationToken);
        return
        [
            .. unwell.Where(lane => UnwellLanes.Concerns(lane, names, silences, now) && UnwellLanes.IsStopped(lane, now))
                .GroupBy(UnwellLanes.CauseOf).Select(cause => NoticeOf(cause.Key, [.. cause], names)),
        ];
    }

    private Notice NoticeOf(UnwellCause cause, IReadOnlyList<ChannelLane> lanes, ChannelNames names)
    {
        var first = lanes[0].Channel;
        var needsAttention = cause.Condition == ChannelCondition.NeedsAttention;
        return new Notice(
            $"{cause.Condition}:{cause.Kind}:{cause.Code}",
            lanes.Count == 1 ? texts[$"{cause.Condition}.One", names.Find(first)!.Name] : texts[$"{cause.Condition}.Many", lanes.Count],
            cause.Code is { } code && directory.ExplainCode(cause.Kind, code, lanes[0].LastDetail) is { } explained
                ? $"{explained.Meaning} {explained.Mend}" : null,
            cause.Code,
            lanes.Count == 1 ? ChannelLinks.ToActivity(first)
                : $"{ChannelLinks.ToList(cause.Kind)}?state={(needsAttention ? "needsattention" : "failing")}",
            lanes.Max(lane => lane.FailingSince),
            needsAttention);
    }
}
