using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>The asset groups that chatbots can be restricted to, with their names.</summary>
public sealed partial class AssetGroupsPage : IDisposable
{
    private const int MostShown = 200;

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<AssetGroup>? _groups;
    private IReadOnlyDictionary<string, GroupUse> _uses = new Dictionary<string, GroupUse>();
    private IReadOnlyDictionary<int, ProvisionedObject> _files = new Dictionary<int, ProvisionedObject>();
    private (Tone Tone, string Text)? _notice;
    private Actor? _actor;
    private string? _search;
    private string _newId = string.Empty;
    private string _newName = string.Empty;
    private string? _idError;
    private string? _nameError;
    private int? _renaming;
    private string _name = string.Empty;

    [Inject]
    private AssetGroupService Groups { get; set; } = null!;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    private bool MayEdit => _actor?.May(Policies.Edit) == true;

    private IReadOnlyList<AssetGroup> Shown => string.IsNullOrWhiteSpace(_search)
        ? _groups!
        : [.. _groups!.Where(group => group.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase) || IdOf(group)
            .Contains(_search.Trim(), StringComparison.Ordinal))];

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        await LoadAsync();
    }

    private static string IdOf(AssetGroup group) => group.Id.ToString(CultureInfo.InvariantCulture);

    private bool MayEditGroup(AssetGroup group) => MayEdit && _files.GetValueOrDefault(group.Id) is not { IsEditable: false };

    private string NamingVerb(AssetGroup group) => T[group.Name.Length > 0 ? "Groups.Rename" : "Groups.GiveName"];

    private string UsersOf(AssetGroup group)
    {
        var use = _uses.GetValueOrDefault(IdOf(group), GroupUse.None);
        var names = string.Join(T["List.Separator"], use.First);
        return use.Count == 0 ? "–" : use.Count == use.First.Count ? names : T["Groups.MoreUsers", names, use.Count - use.First.Count];
    }

    private async Task LoadAsync()
    {
        _groups = await Groups.ListAsync(_actor!, _stop.Token);
        _uses = await Chatbots.GroupUsesAsync(_actor!, _stop.Token);
        _files = await Files.ListAsync(AssetGroupService.SubjectKind, _stop.Token);
    }

    private async Task AddAsync()
    {
        var outcome = await Groups.AddAsync(_newId, _newName, _actor!, _stop.Token);
        _idError = outcome switch
        {
            GroupOutcome.BadId => T["Groups.Refused", _newId].Value,
            GroupOutcome.Known => T["Groups.Known"].Value,
            _ => null,
        };
        _nameError = outcome == GroupOutcome.BadName ? T["Groups.BadName"].Value : null;
        if (outcome == GroupOutcome.Saved)
        {
            _notice = (Tone.Success, T["Groups.Added", _newName.Trim()]);
            (_newId, _newName) = (string.Empty, string.Empty);
            await LoadAsync();
        }
    }

    private void StartRenaming(AssetGroup group) => (_renaming, _name) = (group.Id, group.Name);

    private async Task RenameAsync(AssetGroup group)
    {
        var outcome = await Groups.RenameAsync(group.Id, _name, _actor!, _stop.Token);
        if (outcome == GroupOutcome.BadName)
        {
            _notice = (Tone.Warning, T["Groups.BadName"]);
            return;
        }

        (_renaming, _notice) = (null, null);
        await LoadAsync();
    }

    private async Task RemoveAsync(AssetGroup group)
    {
        await Groups.RemoveAsync(group.Id, _actor!, _stop.Token);
        await LoadAsync();
    }
}
