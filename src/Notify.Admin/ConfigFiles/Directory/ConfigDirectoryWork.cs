using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Applies the files of the directory, at the start and when one changes. A file that is wrong changes nothing, and is looked at
/// again when it is another.</summary>
internal sealed class ConfigDirectoryWork(
    ConfigDirectory directory, IServiceProvider services, ProvisionedStore store, NamedLeases leases, WorkRegister works, TimeProvider time,
    ILogger<ConfigDirectoryWork> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const string Lease = "config-directory";

    // A large file on a slow store; the apply is one transaction, so a second instance could only wait for it.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(10);

    // Younger than this, somebody may still be writing it.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private static readonly WorkSchedule Schedule = new("config-directory", TimeSpan.FromSeconds(2)) { AtStart = true };

    private readonly long _token = Random.Shared.NextInt64(1, long.MaxValue);

    // What this instance has looked at: it acts on what changes here. Else two instances with two versions of a file, in the middle of a
    // roll-out, would go on applying one over the other.
    private Dictionary<string, string>? _seen;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_seen is not null && !directory.IsUsed)
        {
            return;
        }

        var look = await LookAsync(stopping);
        if (look is not { Gone.Count: 0, Changed.Count: 0 })
        {
            if (!await leases.TakeAsync(Lease, _token, LeaseLength, stopping))
            {
                return;
            }

            try
            {
                // Another instance may have done it before this one had the lease.
                look = await LookAsync(stopping);
                await ActAsync(look, stopping);
            }
            finally
            {
                await leases.ReleaseAsync(Lease, _token, CancellationToken.None);
            }
        }

        _seen = look.Hashes;
    }

    private async Task ActAsync(Look look, CancellationToken stopping)
    {
        foreach (var name in look.Gone)
        {
            await store.ForgetAsync(name, stopping);
            Logger.LogInformation("The configuration file {File} is gone: what came from it stays, and can be edited", name);
        }

        foreach (var (name, text, hash) in look.Changed)
        {
            await ApplyAsync(name, text, hash, stopping);
        }
    }

    private async Task<Look> LookAsync(CancellationToken stopping)
    {
        var known = (await store.ListFilesAsync(stopping)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var names = directory.IsUsed ? directory.List() : [];
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        List<(string Name, string Text, string Hash)> changed = [];
        foreach (var name in names)
        {
            if (Time.GetUtcNow() - directory.WrittenAt(name) is var age && age >= TimeSpan.Zero && age < Settled)
            {
                continue;
            }

            var (text, hash) = await directory.ReadAsync(name, stopping);
            hashes[name] = hash;
            // A start tries again what failed: what the file refers to may be there by now.
            if (_seen?.GetValueOrDefault(name) != hash
                && (known.GetValueOrDefault(name) is not { } last || last.Hash != hash || (_seen is null && last.Problem is not null)))
            {
                changed.Add((name, text, hash));
            }
        }

        var gone = known.Keys.Except(names).Where(name => _seen?.ContainsKey(name) != false);
        return new Look([.. gone], changed, hashes);
    }

    private async Task ApplyAsync(string name, string text, string hash, CancellationToken stopping)
    {
        var actor = new Actor(null, name, Roles.Admin, ConfigDirectoryOptions.Section);
        // Its kinds are good for one reading.
        var plan = (await services.GetRequiredService<ConfigService>().ProvisionAsync(name, hash, text, actor, stopping)).Plan;
        if (plan.Problems is [var first, ..])
        {
            Logger.LogError("The configuration file {File} was not applied (problems: {Problems}). Line {Line}: {Field} {Reason}",
                name, plan.Problems.Count, first.Line, first.Field, first.Reason);
            await store.TakeProblemAsync(
                new ProvisionedFile
                {
                    Name = name, Hash = hash, At = Time.GetUtcNow(), Problem = ForeignText.Line(first.ToString(), 1000),
                    Problems = plan.Problems.Count,
                }, stopping);
        }
        else
        {
            Logger.LogInformation("The configuration file {File} was applied: {Changes} changes", name, plan.Changes.Count);
        }
    }

    /// <param name="Hashes">Of every file that is here.</param>
    private sealed record Look(
        IReadOnlyList<string> Gone, IReadOnlyList<(string Name, string Text, string Hash)> Changed, Dictionary<string, string> Hashes);
}
