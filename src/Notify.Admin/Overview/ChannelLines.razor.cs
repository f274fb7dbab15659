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
}
