using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;

namespace Notify.Admin.Overview;

/// <summary>The first page: is anything wrong, and what to do about it. Live.</summary>
public sealed partial class OverviewPage
{
    private OverviewPicture? _picture;

    [Inject]
    private OverviewService Overview { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<OverviewText> T { get; set; } = null!;

    protected override IReadOnlyList<string> Areas =>
        [ChangeAreas.Events, ChangeAreas.Deliveries, ChangeAreas.Channels, ChangeAreas.SlackWorkspaces];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_picture is not null)
        {
            // Counts are kept for a moment: waiting that long first makes the last change of a burst visible.
            await Task.Delay(Overview.Pause, Time, cancellationToken);
        }

        _picture = await Overview.GetAsync(Actor, cancellationToken);
    }
}
