using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Edits a <see cref="AccessDraft"/> in place.</summary>
public sealed partial class AccessEditor
{
    private bool _pasting;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public AccessDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired]
    public int WorkspaceId { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public PersonNames Names { get; set; } = PersonNames.None;

    /// <summary>Workspaces at Slack that can be named, by id.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Teams { get; set; } = new Dictionary<string, string>();

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private IEnumerable<(string Id, string Name)> AllTeams => Teams.Select(team => (team.Key, team.Value))
        .Concat(Draft.TeamIds.Where(id => !Teams.ContainsKey(id)).Select(id => (id, "")));

    private Task ChooseAsync(string type)
    {
        Draft.Type = type;
        return OnChanged.InvokeAsync();
    }

    private Task AddPersonAsync(AccessUser user) => AddPeopleAsync([user]);

    private Task AddPeopleAsync(IReadOnlyList<AccessUser> users)
    {
        Draft.Add(users);
        return OnChanged.InvokeAsync();
    }

    private Task RemovePersonAsync(AccessUser user)
    {
        Draft.Users.RemoveAll(other => other.UserId == user.UserId);
        return OnChanged.InvokeAsync();
    }

    private Task ToggleTeamAsync(string id, bool on) => ToggleAsync(Draft.TeamIds, id, on);

    private Task ToggleOrgAsync(string id, bool on) => ToggleAsync(Draft.OrgIds, id, on);

    private Task ToggleAsync(List<string> ids, string id, bool on)
    {
        ids.Remove(id);
        if (on && ids.Count < AccessList.MostTeams)
        {
            ids.Add(id);
        }

        return OnChanged.InvokeAsync();
    }
}
