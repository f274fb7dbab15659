namespace Notify.Admin.Settings;

/// <summary>Settings saved in the browser, as the lowest source of configuration: whatever else sets a key wins, and every options class
/// reads them, and their changes, without knowing where they come from.</summary>
internal sealed class StoredSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly Lock _gate = new();

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Replaces all values and tells the options; when it returns they have heard, also from a call that was quicker.</summary>
    public void Apply(IReadOnlyDictionary<string, string> values)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            data[key] = value;
        }

        lock (_gate)
        {
            if (data.Count == Data.Count && data.All(pair => Data.TryGetValue(pair.Key, out var held) && held == pair.Value))
            {
                return;
            }

            Data = data;
            OnReload();
        }
    }

    /// <summary>The stored value; null where there is none.</summary>
    public string? ValueOf(string key) => TryGet(key, out var value) ? value : null;
}
