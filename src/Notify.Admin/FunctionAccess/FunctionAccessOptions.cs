namespace Notify.Admin.FunctionAccess;

/// <summary>Settings of access lists, in the configuration section <c>FunctionAccess</c>.</summary>
public sealed class FunctionAccessOptions
{
    public const string Section = "FunctionAccess";

    /// <summary>Minutes between two looks for drift at each function, from 5 to 10,080 (a week); 0 looks only on demand.</summary>
    public int DriftMinutes { get; set; } = 60;

    /// <summary>The most calls in any minute to one method of one workspace, from 1 to 1,000. Slack promises 50 or more.</summary>
    public int CallsPerMinute { get; set; } = 45;

    /// <summary>The most people named in one call, from 1 to 10,000. Slack's own limit is undocumented; a refusal for it halves the
    /// call.</summary>
    public int UsersPerCall { get; set; } = 500;

    /// <summary>The pause before a call is repeated after trouble on the way; doubled each time, three tries in all. At most a
    /// minute.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
