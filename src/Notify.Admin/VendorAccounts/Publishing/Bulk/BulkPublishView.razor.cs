using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Publishes many channels with one account.</summary>
public sealed partial class BulkPublishView
{
    private const int MostNames = 20;

    private readonly HashSet<BulkPublishRow> _chosen = [];
    private bool _isRead;
    private VendorAccountView? _account;
    private IReadOnlyList<BulkPublishRow>? _rows;
    private IReadOnlyList<PublishRun> _runs = [];
    private IReadOnlyList<string> _leftOut = [];
    private VendorAnswer? _refusal;

    [Inject]
    private BulkPublishService Bulk { get; set; } = null!;

    [Inject]
    private VendorAccountService Accounts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Id { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.VendorAccounts];

    private bool IsUnderWay => _runs.Any(run => run.State == PublishState.Open);

    private string Counts => T["Bulk.Counts", CountOf(PublishStep.Create), CountOf(PublishStep.Update), CountOf(PublishStep.Switch),
        _chosen.Count(row => row.Removes), _chosen.Count(row => !row.IsLinked)];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _account = await Accounts.FindAsync(Id, Actor, cancellationToken);
        _runs = await Bulk.ListLastAsync(Id, Actor, cancellationToken);
        _isRead = true;
    }

    private async Task PlanAsync()
    {
        var (rows, answer) = await Bulk.PlanAsync(Id, Actor, Stop);
        _rows = answer.IsAccepted ? rows : null;
        _refusal = answer.IsAccepted ? null : answer;
        _chosen.Clear();
        _leftOut = [];
        await LoadAsync();
    }

    private async Task ApplyAsync()
    {
        var start = await Bulk.OrderAsync(Id, [.. _chosen], Actor, CancellationToken.None);
        _refusal = start.Answer.IsAccepted ? null : start.Answer;
        if (_refusal is not null)
        {
            // Nothing was ordered: what was chosen can be tried again.
            return;
        }

        _chosen.Clear();
        (_rows, _leftOut) = (null, start.LeftOut);
        await LoadAsync();
        StateHasChanged();
        // The orders are recorded: the page may be closed, and whatever is left is taken up by the work beside.
        await Bulk.CarryOutAsync(start, Actor, CancellationToken.None);
    }

    private int CountOf(PublishStep step) => _chosen.Count(row => row.Does(step));

    private string Say(string key) => VendorAccountWords.Of(T, key, _account!.Kind);
}
