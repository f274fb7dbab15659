namespace Notify.Admin.Security;

/// <summary>What was to be changed comes from a configuration file, and may be changed only there. Nothing was changed. Pages hide what
/// would raise this; APIs answer 409.</summary>
public sealed class ProvisionedException(string file) : Exception($"It is provisioned from {file}: change it in that file.")
{
    public string File { get; } = file;
}
