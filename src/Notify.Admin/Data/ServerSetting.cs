namespace Notify.Admin.Data;

/// <summary>A setting stored from the browser. Configuration wins over it.</summary>
public sealed class ServerSetting
{
    public required string Key { get; init; }

    public required string Value { get; set; }
}
