namespace Notify.Admin.Api;

/// <summary>Limits of the HTTP APIs, in the configuration section <c>Api</c>. What configuration leaves open can be set on the Settings
/// page.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";
    public const int MostRequestsPerSecond = 100_000;
    public const int MostFailuresPerMinute = 10_000;

    /// <summary>The API status: false makes <c>UpdateSlack</c> refuse. It never stops <c>/api/events</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Calls with a key or signature that one address may make, before the key is looked up. As many may come in one
    /// burst.</summary>
    public int RequestsPerSecondPerAddress { get; set; } = 20_000;

    /// <summary>Calls that one key may make. As many may come in one burst.</summary>
    public int RequestsPerSecondPerKey { get; set; } = 20_000;

    /// <summary>Wrong keys and signatures that one address may send before it has to wait.</summary>
    public int FailuresPerMinutePerAddress { get; set; } = 20;
}
