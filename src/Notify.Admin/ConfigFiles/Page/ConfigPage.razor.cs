using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ConfigFiles;

/// <summary>Takes a configuration file, says what is wrong with it or what it would change, and applies it.</summary>
public sealed partial class ConfigPage : IDisposable
{
    // What one message of the page's connection holds comfortably; a file is read in pieces and may be larger.
    private const int MostTyped = 400_000;

    // Rows cost memory for each open page; the command and the API show all.
    private const int MostShown = 500;

    private readonly CancellationTokenSource _stop = new();
    private Actor? _actor;
    private string _text = "";
    private bool _prune;
    private string? _error;
    private int _attempt;
    private bool _isOutdated;
    private ConfigPlan? _plan;
    private ConfigOutcome? _applied;
    private IReadOnlyList<ProvisionedFile> _files = [];
    private IDisposable? _subscription;

    [Inject]
    private ConfigService Config { get; set; } = null!;

    [Inject]
    private PageFeed Changes { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private NavigationManager Navigator { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ConfigText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _files = await Config.ListFilesAsync(_actor, _stop.Token);
        _subscription = Changes.Follow([ChangeAreas.Settings], () => InvokeAsync(ListFilesAsync), DispatchExceptionAsync);
    }

    private static IconName IconOf(ConfigAction action) => action switch
    {
        ConfigAction.Create => IconName.Plus,
        ConfigAction.Change => IconName.Edit,
        ConfigAction.Delete => IconName.Trash,
    };

    private static Tone ToneOf(ConfigAction action) => action switch
    {
        ConfigAction.Create => Tone.Success,
        ConfigAction.Change => Tone.Neutral,
        ConfigAction.Delete => Tone.Danger,
    };

    private int Count(ConfigAction action) => _plan?.Changes.Count(change => change.Action == action) ?? 0;

    private string LineOf(ConfigProblem problem)
    {
        var lines = _text.Split('\n');
        return problem.Line >= 1 && problem.Line <= lines.Length ? ForeignText.Line(lines[problem.Line - 1], 160) ?? "" : "";
    }

    private async Task ListFilesAsync()
    {
        _files = await Config.ListFilesAsync(_actor!, _stop.Token);
        StateHasChanged();
    }

    // What applying the file again would change is what differs from it by now.
    private async Task CompareAsync(string name)
    {
        Forget();
        if (await Config.ReadFileAsync(name, _actor!, _stop.Token) is not { } read)
        {
            _error = T["Files.Elsewhere", name];
            return;
        }

        await TakeAsync(read);
    }

    private void Forget() => (_plan, _applied, _error, _isOutdated) = (null, null, null, false);

    private void Type(ChangeEventArgs typed)
    {
        Forget();
        _text = typed.Value as string ?? "";
    }

    private void Prune(bool prune)
    {
        Forget();
        _prune = prune;
    }

    private async Task ReadFileAsync(InputFileChangeEventArgs chosen)
    {
        Forget();
        try
        {
            if (chosen.File.Size > ConfigService.MostBytes)
            {
                _error = T["TooLarge", ConfigService.MostBytes / 1024 / 1024];
                return;
            }

            await using var stream = chosen.File.OpenReadStream(ConfigService.MostBytes, _stop.Token);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, _stop.Token);
            await TakeAsync(ConfigBytes.Read(bytes.ToArray()));
        }
        catch (IOException)
        {
            _error = T["Unread"];
        }
        finally
        {
            // A new input element lets the same file be chosen again once it is mended.
            _attempt++;
        }
    }

    private async Task TakeAsync(ConfigReading read)
    {
        if (read.Text is not { } text)
        {
            // What was typed stays.
            _plan = new ConfigPlan("", [], 0, [read.Problem!]);
            return;
        }

        _text = text;
        await PlanAsync();
    }

    private async Task PlanAsync()
    {
        Forget();
        _plan = await Config.PlanAsync(_text, _prune, _actor!, _stop.Token);
        if (_plan.Problems.Count == 0)
        {
            StateHasChanged();
            await JS.InvokeVoidAsync("notify.focus", "config-plan");
        }
    }

    private async Task ApplyAsync()
    {
        // Whoever applies may leave the page: what was begun is finished.
        var outcome = await Config.ApplyAsync(_text, _prune, _plan!.Basis, _actor!, CancellationToken.None);
        Forget();
        switch (outcome.Result)
        {
            case ConfigResult.Applied:
                _applied = outcome;
                break;
            case ConfigResult.Outdated:
                _isOutdated = true;
                break;
            default:
                _plan = outcome.Plan;
                break;
        }
    }
}
