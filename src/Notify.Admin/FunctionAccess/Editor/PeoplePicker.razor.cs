using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>A search box over the workspace's people.</summary>
public sealed partial class PeoplePicker : IDisposable
{
    private const int MostFound = 12;

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<SlackPerson> _found = [];
    private Task _searching = Task.CompletedTask;
    private string _text = "";
    private int? _readSoFar;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public int WorkspaceId { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whether the person with that id is chosen already.</summary>
    [Parameter]
    public Func<string, bool> Chosen { get; set; } = _ => false;

    [Parameter]
    public EventCallback<AccessUser> OnPicked { get; set; }

    public void Dispose() => _stop.Cancel();

    private Task SearchAsync(ChangeEventArgs change) => _searching = SearchAsync(change.Value?.ToString()?.Trim() ?? "");

    // Enter takes the only one that is found; the search for what was just typed may still be under way.
    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key != "Enter" || _text.Length == 0)
        {
            return;
        }

        await _searching;
        if (_found is [var only] && !Chosen(only.UserId))
        {
            await PickAsync(only);
        }
    }

    private async Task SearchAsync(string text)
    {
        _text = text;
        var found = text.Length == 0 ? [] : await Functions.SearchPeopleAsync(WorkspaceId, text, MostFound, Actor, _stop.Token);
        var reading = text.Length > 0 && found.Count == 0 ? await Workspaces.FindReadingAsync(WorkspaceId, Actor, _stop.Token) : null;
        if (_text == text)
        {
            _found = found;
            _readSoFar = reading is { CompletedAt: null } ? reading.PeopleRead : null;
        }
    }

    private async Task PickAsync(SlackPerson person)
    {
        (_text, _found) = ("", []);
        await OnPicked.InvokeAsync(new AccessUser(person.UserId, person.Handle, person.Email));
    }
}
