using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>Reads a file of wanted lists, says what is wrong with it or what it would change, and applies what is chosen.</summary>
public sealed partial class ImportPage : IDisposable
{
    private const string FileTab = "file";
    private const string TextTab = "text";

    // What one message of the page's connection holds comfortably; a file is read in pieces and may be larger.
    private const int MostPasted = 400_000;

    private const string Example = """
        functions:
          - function_id: Fn0123ABC
            permission_type: named_entities
            user_ids: [U0123ABC, U0456DEF]
            team_ids: [T0123ABC]
          - function_callback_id: create_report
            function_app_id: A0123ABC
            permission_type: app_collaborators
        """;

    private readonly CancellationTokenSource _stop = new();
    private Actor? _actor;
    private IReadOnlyList<TabItem> _tabs = [];
    private string _tab = FileTab;
    private string _text = "";
    private string _format = "";
    private string _source = "";
    private string? _error;
    private bool _working;
    private int _attempt;
    private AccessFilePlan? _plan;

    [Inject]
    private AccessFileService Files { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccessText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _tabs = [new(FileTab, T["Import.FromFile"]), new(TextTab, T["Import.FromText"])];
        _actor = Actor.From((await Authentication).User);
    }

    private void Choose(string tab) => (_tab, _plan, _error) = (tab, null, null);

    private async Task ReadFileAsync(InputFileChangeEventArgs chosen)
    {
        (_plan, _error, _working) = (null, null, true);
        try
        {
            var file = chosen.File;
            if (file.Size > AccessFile.MostBytes)
            {
                _error = T["Import.TooLarge", AccessFile.MostBytes / 1024 / 1024];
                return;
            }

            using var bytes = new MemoryStream();
            await using (var stream = file.OpenReadStream(AccessFile.MostBytes, _stop.Token))
            {
                await stream.CopyToAsync(bytes, _stop.Token);
            }

            await PlanAsync(file.Name, bytes.ToArray(), AccessFileFormats.OfName(Path.GetExtension(file.Name).TrimStart('.')));
        }
        catch (IOException)
        {
            _error = T["Import.Unread"];
        }
        finally
        {
            // A new input element lets the same file be chosen again once it is mended.
            (_working, _attempt) = (false, _attempt + 1);
        }
    }

    private async Task ReadTextAsync()
    {
        (_plan, _error) = (null, null);
        if (string.IsNullOrWhiteSpace(_text) || _text.Length > MostPasted)
        {
            _error = T[_text.Length > MostPasted ? "Import.TooLong" : "Import.Empty", MostPasted];
            StateHasChanged();
            await JS.InvokeVoidAsync("notify.focusFirstError");
            return;
        }

        await PlanAsync(T["Import.Pasted"], Encoding.UTF8.GetBytes(_text), AccessFileFormats.OfName(_format));
    }

    private async Task PlanAsync(string source, byte[] bytes, AccessFileFormat? format)
    {
        _source = source;
        _plan = await Files.PlanAsync(bytes, format
            ?? AccessFileFormats.Guess(Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 4096)))), _actor!, _stop.Token);
        if (_plan.Problems.Count == 0)
        {
            StateHasChanged();
            await JS.InvokeVoidAsync("notify.focus", "import-plan");
        }
    }
}
