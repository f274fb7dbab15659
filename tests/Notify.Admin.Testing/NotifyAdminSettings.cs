using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Sandbox;

namespace Notify.Admin.Testing;

/// <summary>How a test wants the product started.</summary>
public sealed record NotifyAdminSettings
{
    public const string AdminEmail = "admin@example.test";
    public const string AdminPassword = "correct horse battery";
    public const string ApiKey = "nak_test-key-of-the-first-admin-0123456789abcde";
    public const string AccessKeyId = "NAKIDtestadmin000000000";
    public const string AccessKeySecret = "nas_test-secret-of-the-first-admin-0123456789ab";

    /// <summary>Where the store is, unless <see cref="Database"/> is given.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>A store that the test owns and may share between several programs; otherwise each has its own.</summary>
    public TestDatabase? Database { get; init; }

    /// <summary>False leaves the store without a user, as after a first start without <c>Setup</c>.</summary>
    public bool WithAdmin { get; init; } = true;

    /// <summary>True starts a sandbox in this process, and points Slack and DingTalk at it.</summary>
    public bool WithSandbox { get; init; }

    /// <summary>A sandbox that the test owns and may share between several programs: with a clock or dice of its own.</summary>
    public SandboxServer? Sandbox { get; init; }

    public string Environment { get; init; } = "Testing";

    /// <summary>Further configuration; wins over what the fixture sets.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>The program's clock; null is the machine's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Replaces services, after the product has registered its own: a remote API.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
