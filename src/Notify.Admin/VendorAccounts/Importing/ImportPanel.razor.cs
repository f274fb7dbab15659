using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.VendorAccounts;

/// <summary>The section of the account's page that imports its chatbots. The vendor is asked only when somebody wants to know.</summary>
public sealed partial class ImportPanel
{
    private readonly Dictionary<int, string?> _webhooks = [];
    private readonly Dictionary<int, string> _problems = [];
    private IReadOnlyList<ImportRow>? _rows;
    private string? _refusal;
    private int _imported;

    [Inject]
    private ImportService Import { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Account { get; set; }

    private string TitleId { get; } = ElementIds.Next("import");

    private bool HasWebhook => _webhooks.Values.Any(webhook => !string.IsNullOrWhiteSpace(webhook));

    private async Task PlanAsync()
    {
        _imported = 0;
        await ReadAccountAsync();
    }

    private async Task ImportAsync()
    {
        _problems.Clear();
        _imported = 0;
        foreach (var row in _rows!.Where(row => row.Standing == ImportStanding.New))
        {
            if (_webhooks.GetValueOrDefault(row.There.Id) is not { } webhook || string.IsNullOrWhiteSpace(webhook))
            {
                continue;
            }

            var outcome = await Import.ImportAsync(Account, row.There.Id, webhook, Actor, CancellationToken.None);
            if (outcome.Result == ImportResult.Imported)
            {
                _imported++;
                _webhooks.Remove(row.There.Id);
            }
            else
            {
                _problems[row.There.Id] = ProblemOf(outcome, row);
            }
        }

        await ReadAccountAsync();
    }

    private string ProblemOf(ImportOutcome outcome, ImportRow row) => outcome switch
    {
        { Reason: { } reason } => reason,
        { Result: ImportResult.Refused } when row.There.Tail.Length > 0 => T["Import.OtherRobot", row.There.Tail],
        { Result: ImportResult.Refused } => T["Import.Failed"],
        { Result: ImportResult.NotNew } => T["Import.NotNew"],
        _ => T["Import.NotThere"],
    };

    private async Task ReadAccountAsync()
    {
        var (rows, answer) = await Import.PlanAsync(Account, Actor, CancellationToken.None);
        _rows = answer.IsAccepted ? rows : null;
        _refusal = answer.IsAccepted ? null : answer.Code;
    }
}
