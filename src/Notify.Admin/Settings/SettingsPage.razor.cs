using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Data;

namespace Notify.Admin.Settings;

/// <summary>The server's settings: what can be set here, and what configuration has set.</summary>
public sealed partial class SettingsPage
{
    private readonly Dictionary<string, string> _typed = [];
    private IReadOnlyDictionary<string, SettingRefusal> _refusals = new Dictionary<string, SettingRefusal>();
    private IReadOnlyDictionary<string, ProvisionedObject> _files = new Dictionary<string, ProvisionedObject>();
    private IReadOnlyList<SettingValue>? _settings;
    private bool _saving;
    private bool _saved;

    [Inject]
    private SettingsService Settings { get; set; } = null!;

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private ServerFacts Facts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SettingsText> T { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Settings];

    private int ChangeCount => _typed.Count;

    /// <summary>What is older than these days is deleted once they are saved: a change that cannot be taken back.</summary>
    private int? FewerDays => _typed.TryGetValue(SettingCatalogue.RetentionDays, out var typed)
        && _settings!.First(setting => setting.Setting.Key == SettingCatalogue.RetentionDays) is var stored && stored.Setting.Accepts(typed)
        && Number(typed) is var days && days < Number(stored.Value) ? days : null;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        await Settings.ReloadAsync(cancellationToken);
        _files = await Files.ListByIdAsync(ProvisionedKinds.Setting, cancellationToken);
        _settings = Settings.List(Actor);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string GroupOf(SettingValue setting) =>
        setting.Setting.Key[..setting.Setting.Key.IndexOf(':', StringComparison.Ordinal)];

    private void Type(SettingValue setting, string value)
    {
        _saved = false;
        if (value == setting.Value)
        {
            _typed.Remove(setting.Setting.Key);
        }
        else
        {
            _typed[setting.Setting.Key] = value;
        }
    }

    private SettingRefusal? RefusalOf(SettingValue setting) => _refusals.TryGetValue(setting.Setting.Key, out var refusal) ? refusal : null;

    private void Discard()
    {
        _typed.Clear();
        _refusals = new Dictionary<string, SettingRefusal>();
    }

    private async Task SaveAsync()
    {
        if (_saving || _typed.Count == 0)
        {
            return;
        }

        _saving = true;
        try
        {
            _refusals = await Settings.SaveAsync(_typed, Actor, CancellationToken.None);
            if (_refusals.Count == 0)
            {
                _typed.Clear();
                _saved = true;
                _settings = Settings.List(Actor);
            }
        }
        finally
        {
            _saving = false;
        }

        if (_refusals.Count > 0)
        {
            StateHasChanged();
            await JS.InvokeVoidAsync("notify.focusFirstError");
        }
    }
}
