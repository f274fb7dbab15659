using Microsoft.Extensions.Options;

namespace Notify.Admin.ConfigFiles;

/// <summary>Section <c>Config</c> of the configuration.</summary>
public sealed class ConfigDirectoryOptions
{
    public const string Section = "Config";

    /// <summary>Its YAML files are applied at the start and when they change; empty applies none.</summary>
    public string Directory { get; set; } = "";
}

/// <summary>Refuses a start with a directory that is not there.</summary>
internal sealed class ConfigDirectoryOptionsValidator : IValidateOptions<ConfigDirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, ConfigDirectoryOptions options) =>
        options.Directory.Length == 0 || Directory.Exists(options.Directory) ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ConfigDirectoryOptions.Section}:{nameof(options.Directory)} is no directory that can be read: "
                + $"'{options.Directory}'");
}
