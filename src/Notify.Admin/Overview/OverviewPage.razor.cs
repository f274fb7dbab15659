using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>The first page: is anything wrong, and what to do about it. Live.</summary>
public sealed partial class OverviewPage
{
    private OverviewPicture? _picture;

    /// <summary>The name of an <see cref="ChartRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "time")]
    public string? Time { get; set; }

    [Inject]
    private OverviewService Overview { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<OverviewText> T { get; set; } = null!;

    protected override IReadOnlyList<string> Areas =>
        [ChangeAreas.Events, ChangeAreas.Deliveries, ChangeAreas.Channels, ChangeAreas.Pauses, ChangeAreas.SlackWorkspaces];

    protected override Task OnParametersSetAsync() =>
        _picture is null || _picture.Range == ChartRange.Parse(Time) ? Task.CompletedTask : LoadAsync();

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var range = ChartRange.Parse(Time);
        if (_picture?.Range == range)
        {
            // Counts are kept for a moment: waiting that long first makes the last change of a burst visible.
            await Task.Delay(Overview.Pause(range), Clock, cancellationToken);
        }

        _picture = await Overview.GetAsync(range, Actor, cancellationToken);
    }

    private static string HrefOf(ChartRange range) => range == ChartRange.Day ? "." : $"?time={range.Name}";
}
