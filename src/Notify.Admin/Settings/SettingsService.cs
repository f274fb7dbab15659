using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Settings;

/// <summary>Why settings were not saved.</summary>
public enum SettingRefusal
{
    /// <summary>Not a value that this setting takes.</summary>
    Invalid = 1,

    /// <summary>Configuration sets it, or it cannot be set here at all.</summary>
    ReadOnly = 2,
}

/// <summary>The server's settings: reads them for the Settings page, saves them, and keeps this instance's configuration in step with the
/// store.</summary>
internal sealed class SettingsService(
    SettingsStore store, StoredSettings stored, IConfiguration configuration, ChangeFeed changes, AuditTrail audit,
    ILogger<SettingsService> logger)
    : IHostedService, IDisposable
{
    private const string AuditAction = "setting.change";

    // One after the other: what was read first must not be put in place last.
    private readonly SemaphoreSlim _reloading = new(1, 1);

    private ChangeSubscription? _subscription;

    /// <summary>Every setting with what holds at present.</summary>
    public IReadOnlyList<SettingValue> List(Actor actor)
    {
        actor.Demand(Policies.Administer);
        return [.. SettingCatalogue.All.Select(ValueOf)];
    }

    /// <summary>Saves the given settings, or none of them.</summary>
    /// <param name="values">By key.</param>
    /// <returns>What was refused, by key; empty when saved.</returns>
    public async Task<IReadOnlyDictionary<string, SettingRefusal>> SaveAsync(
        IReadOnlyDictionary<string, string> values, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var refusals = values
            .Select(pair => (pair.Key, Refusal: RefusalOf(pair.Key, pair.Value)))
            .Where(pair => pair.Refusal is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Refusal!.Value);
        if (refusals.Count > 0)
        {
            return refusals;
        }

        // The default is not stored, so that a later version's default reaches this server.
        var rows = values.ToDictionary(pair => pair.Key, pair => pair.Value == SettingCatalogue.Find(pair.Key)!.Default
            ? null : pair.Value);
        await store.SaveAsync(rows, before => EntryOf(actor, before, rows), cancellationToken);
        await ReloadAsync(cancellationToken);
        return refusals;
    }

    /// <summary>Loads at start, before anything serves, and again whenever settings change on any instance.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        _subscription = changes.Subscribe(ChangeAreas.Settings, () => ReloadAsync(CancellationToken.None));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _reloading.Dispose();
    }

    /// <summary>Brings this instance in step with the store.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            await ApplyStoredAsync(cancellationToken);
        }
        finally
        {
            _reloading.Release();
        }
    }

    private async Task ApplyStoredAsync(CancellationToken cancellationToken)
    {
        var rows = await store.LoadAsync(cancellationToken);

        // Only what the page may set: a row can never stand in for a key that is configuration's alone.
        var usable = rows.Where(row => SettingCatalogue.Find(row.Key) is { IsEditable: true } setting && setting.Accepts(row.Value))
            .ToDictionary();
        if (usable.Count < rows.Count)
        {
            logger.LogWarning("Ignored stored settings that this version does not know or accept: {Keys}",
                string.Join(", ", rows.Keys.Except(usable.Keys)));
        }

        stored.Apply(usable);
    }

    private SettingValue ValueOf(Setting setting)
    {
        var children = configuration.GetSection(setting.Key).GetChildren().Select(child => child.Value).OfType<string>().ToList();
        if (children.Count > 0)
        {
            return new SettingValue(setting, children, SettingOrigin.Configuration);
        }

        return configuration[setting.Key] is not { Length: > 0 } value ? new SettingValue(setting, [setting.Default], SettingOrigin.Default)
            : IsConfigured(setting.Key) ? new SettingValue(setting,
                [setting.Kind == SettingKind.Switch ? value.ToLowerInvariant() : value], SettingOrigin.Configuration)
            : new SettingValue(setting, [value], SettingOrigin.Stored);
    }

    private SettingRefusal? RefusalOf(string key, string value) =>
        SettingCatalogue.Find(key) is not { IsEditable: true } setting || IsConfigured(key) ? SettingRefusal.ReadOnly
        : setting.Accepts(value) ? null
        : SettingRefusal.Invalid;

    private bool IsConfigured(string key) => ((IConfigurationRoot)configuration).Providers
        .Any(provider => !ReferenceEquals(provider, stored) && provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value));

    private AuditEntry? EntryOf(Actor actor, IReadOnlyDictionary<string, string> before, Dictionary<string, string?> after)
    {
        var fields = AuditTrail.Difference(
            after.Keys.ToDictionary(key => key, key => before.GetValueOrDefault(key) ?? SettingCatalogue.Find(key)!.Default)!,
            after.ToDictionary(pair => pair.Key, pair => pair.Value ?? SettingCatalogue.Find(pair.Key)!.Default)!);
        return fields.Count == 0 ? null
            : audit.Entry(actor, AuditAction, new AuditSubject("setting", null, string.Join(", ", fields.Select(field => field.Field))),
            fields);
    }
}
