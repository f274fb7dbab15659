namespace Notify.Admin.Data;

/// <summary>While a file of the directory is applied: which, so that what comes from it may be changed.</summary>
internal sealed class ProvisioningScope
{
    private static readonly AsyncLocal<ProvisioningScope?> Ambient = new();

    private readonly string _file;

    private volatile bool _hasEnded;

    private ProvisioningScope(string file) => _file = file;

    /// <summary>Null outside; also for what was begun inside and goes on after the end.</summary>
    public static string? File => Ambient.Value is { _hasEnded: false } current ? current._file : null;

    public static async Task<T> RunAsync<T>(string file, Func<Task<T>> work)
    {
        var scope = new ProvisioningScope(file);
        Ambient.Value = scope;
        try
        {
            return await work();
        }
        finally
        {
            scope._hasEnded = true;
            Ambient.Value = null;
        }
    }
}
