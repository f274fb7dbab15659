using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.VendorAccounts;

/// <summary>The section of the account's page that takes names of asset groups over.</summary>
public sealed partial class VendorGroups
{
    private const int MostShown = 20;

    private IReadOnlyList<VendorGroup>? _groups;
    private string? _refusal;
    private int? _taken;

    [Inject]
    private VendorGroupService Groups { get; set; } = null!;

    [Inject]
    private IStringLocalizer<VendorAccountText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public int Account { get; set; }

    private string TitleId { get; } = ElementIds.Next("groups");

    private int Count(GroupChange change) => _groups!.Count(group => group.Change == change);

    private async Task PlanAsync()
    {
        _taken = null;
        await ReadAsync();
    }

    private async Task TakeAsync(bool replaces)
    {
        var (taken, answer) = await Groups.TakeAsync(Account, replaces, Actor, CancellationToken.None);
        if (answer.IsAccepted)
        {
            _taken = taken.Count;
            await ReadAsync();
        }
        else
        {
            (_refusal, _groups) = (answer.Code, null);
        }
    }

    private async Task ReadAsync()
    {
        var (groups, answer) = await Groups.PlanAsync(Account, Actor, CancellationToken.None);
        _groups = answer.IsAccepted ? groups : null;
        _refusal = answer.IsAccepted ? null : answer.Code;
    }
}
