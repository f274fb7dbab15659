using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>Adds functions: by id, by app and callback id, or all that a manifest declares.</summary>
public sealed partial class FunctionAddPage : IDisposable
{
    private const string ById = "id";
    private const string ByCallback = "callback";
    private const string ByManifest = "manifest";

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, string> _errors = [];
    private readonly List<Outcome> _outcomes = [];
    private IReadOnlyList<AccessWorkspace>? _workspaces;
    private IReadOnlyList<TabItem> _tabs = [];
    private Actor? _actor;
    private int _workspaceId;
    private string _tab = ById;
    private string _functionId = "";
    private string _appId = "";
    private string _callbackId = "";
    private string _name = "";
    private string _manifest = "";
    private bool _isAdding;
    private CodeExplanation? _refusal;
    private string? _refusalCode;

    [Inject]
    private FunctionAccessService Functions { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _tabs = [new(ById, T["Add.ById"]), new(ByCallback, T["Add.ByCallback"]), new(ByManifest, T["Add.ByManifest"])];
        _workspaces = [.. (await Functions.ListWorkspacesAsync(_actor, _stop.Token)).Where(workspace => workspace.CanManage)];
        _workspaceId = _workspaces.Count > 0 ? _workspaces[0].Id : 0;
    }

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private void Choose(string tab)
    {
        _tab = tab;
        Forget();
    }

    private void Forget()
    {
        _errors.Clear();
        _outcomes.Clear();
        _refusal = null;
    }

    private async Task AddAsync()
    {
        if (_isAdding)
        {
            return;
        }

        Forget();
        _isAdding = true;
        try
        {
            await (_tab == ByManifest ? AddManifestAsync() : AddOneAsync());
        }
        finally
        {
            _isAdding = false;
        }

        if (_errors.Count > 0)
        {
            StateHasChanged();
            await JS.InvokeVoidAsync("notify.focusFirstError");
        }
    }

    private async Task AddOneAsync()
    {
        var isById = _tab == ById;
        if (FunctionName.Read(isById ? _functionId : null, isById ? null : _callbackId, isById ? null : _appId, out var name) is { } wrong)
        {
            var field = isById ? "function_id" : wrong.Field == "function_id" ? "function_app_id" : wrong.Field;
            _errors[field] = T[$"Add.Error.{field}"];
            return;
        }

        var shown = string.IsNullOrWhiteSpace(_name) ? name!.CallbackId ?? name.FunctionId! : _name.Trim();
        switch (await Functions.AddAsync(_workspaceId, shown, name!, _actor!, _stop.Token))
        {
            case FunctionAddResult.Added { Function.Id: var id }:
                Navigation.NavigateTo($"slack/functions/{id}");
                break;
            case FunctionAddResult.Refused refused:
                (_refusal, _refusalCode) = (AccessErrors.Explain(T, refused.Code, refused.Detail), refused.Code);
                break;
            default:
                _errors[isById ? "function_id" : "function_callback_id"] = T["Add.Taken"];
                break;
        }
    }

    private async Task AddManifestAsync()
    {
        var manifest = AppManifest.Read(_manifest);
        if (manifest.Functions.Count == 0)
        {
            _errors["manifest"] = T[manifest.IsJson ? "Add.Error.manifest.None" : "Add.Error.manifest"];
            return;
        }

        foreach (var (callbackId, title) in manifest.Functions)
        {
            if (FunctionName.Read(null, callbackId, _appId, out var name) is { } wrong)
            {
                _errors[wrong.Field == "function_app_id" ? wrong.Field : "manifest"] = T[$"Add.Error.{wrong.Field}"];
                return;
            }

            _outcomes.Add(await Functions.AddAsync(_workspaceId, title, name!, _actor!, _stop.Token) switch
            {
                FunctionAddResult.Added => new Outcome(title, null, null),
                FunctionAddResult.Refused refused =>
                    new Outcome(title, AccessErrors.Explain(T, refused.Code, refused.Detail).Meaning, refused.Code),
                _ => new Outcome(title, T["Add.Taken"], null),
            });
            StateHasChanged();
        }
    }

    private sealed record Outcome(string Name, string? Why, string? Code);
}
