using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>Pastes people into a list.</summary>
public sealed partial class PastePeopleDialog : IDisposable
{
    private const int MostShown = 50;

    private readonly CancellationTokenSource _stop = new();
    private string _text = "";
    private bool _working;
    private ResolvedPeople? _result;
    private int? _readSoFar;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    [Parameter, EditorRequired]
    public int WorkspaceId { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The people that were found.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<AccessUser>> OnPasted { get; set; }

    public void Dispose() => _stop.Cancel();

    private async Task ResolveAsync()
    {
        _working = true;
        try
        {
            _result = await Functions.ResolveAsync(WorkspaceId, _text, Actor, _stop.Token);
            _readSoFar = await Workspaces.FindReadingAsync(WorkspaceId, Actor, _stop.Token) is { CompletedAt: null } reading
                ? reading.PeopleRead : null;
            await OnPasted.InvokeAsync([.. _result.Found.Select(person => new AccessUser(person.UserId, person.Handle, person.Email))]);

            // What is left to look at is what was not found.
            _text = string.Join('\n', _result.Unresolved);
        }
        finally
        {
            _working = false;
        }
    }
}
