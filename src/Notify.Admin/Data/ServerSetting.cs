namespace Notify.Admin.Data;

/// <summary>A setting stored from the browser; configuration wins over it. Keys without a section are notes that the product keeps for
/// itself.</summary>
public sealed class ServerSetting
{
    /// <summary>Between section and name in a configuration key.</summary>
    public const string Separator = ":";

    public required string Key { get; init; }

    public required string Value { get; set; }
}
