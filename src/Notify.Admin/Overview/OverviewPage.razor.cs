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
    private IStringLocalizer<OverviewText> T { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [.. ChangeAreas.Attention, ChangeAreas.Events];

    protected override Task OnParametersSetAsync() =>
        _picture is null || _picture.Range == ChartRange.Parse(Time) ? Task.CompletedTask : LoadAsync();

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _picture = await Overview.GetAsync(ChartRange.Parse(Time), Actor, cancellationToken);

    protected override async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        var range = ChartRange.Parse(Time);
        var picture = await Looks.JoinAsync((nameof(OverviewPage), range.Name, Actor.Role),
            () => Overview.CountAsync(range, Actor, CancellationToken.None), cancellationToken);
        // Another range may have been chosen meanwhile.
        var isShown = range == ChartRange.Parse(Time);
        _picture = isShown ? picture : _picture;
        return isShown;
    }

    private static string HrefOf(ChartRange range) => range == ChartRange.Day ? "." : $"?time={range.Name}";
}
