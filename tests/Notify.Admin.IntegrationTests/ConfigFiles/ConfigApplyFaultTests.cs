using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.Faults;
using Notify.Admin.IntegrationTests.Proofs;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>An apply that is cut off, wherever that is; and how long one takes.</summary>
public sealed class ConfigApplyFaultTests
{
    private static readonly Actor Admin = new(null, "tests", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Apply_CutOffAtAnyOfItsWrites_LeavesNothingBehind(DatabaseProvider provider)
    {
        ConfigFileTests.SetSecrets();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            Services = services => services.AddSingleton(
                provided => new ProviderContextFactory(provided.GetRequiredService<DatabaseOptions>(), new CutWrites())),
        });
        var before = await ConfigOf(app).ExportAsync(Admin, Stop);
        var recorded = await CountChangesAsync(app);

        var cuts = 0;
        while (!await IsAppliedAsync(app, cuts + 1))
        {
            cuts++;
            (await ConfigOf(app).ExportAsync(Admin, Stop)).ShouldBe(before);
            (await CountChangesAsync(app)).ShouldBe(recorded);
        }

        // Every object of the file is at least one write, and so is its entry in the trail.
        cuts.ShouldBeGreaterThan(30);
        (await ConfigOf(app).PlanAsync(ConfigFileTests.Everything, prune: false, Admin, Stop)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task LargeFile_IsPlannedAndAppliedWhole()
    {
        ConfigFileTests.SetSecrets();
        await using var app = await NotifyAdminApp.StartAsync();
        var channels = ProofScale.Of(always: 40, byHand: 1000);
        var file = new StringBuilder("version: 1\nslack:\n");
        for (var index = 0; index < channels; index++)
        {
            file.Append(CultureInfo.InvariantCulture, $"""
                  - name: Channel {index:d4}
                    slackToken: ${"{"}env:NOTIFY_TEST_SLACK_TOKEN{"}"}
                    channelId: C0LARGE{index:d4}
                    slackNotify: true
                    tags: [large]

                """);
        }

        var planned = await TimeAsync("plan of a new file", () => ConfigOf(app).PlanAsync(file.ToString(), false, Admin, Stop));
        planned.Problems.ShouldBeEmpty();
        planned.Changes.Count.ShouldBe(channels);
        var applied = await TimeAsync("apply", () => ConfigOf(app).ApplyAsync(file.ToString(), false, planned.Basis, Admin, Stop));
        applied.Result.ShouldBe(ConfigResult.Applied);
        var again = await TimeAsync("plan without changes", () => ConfigOf(app).PlanAsync(file.ToString(), false, Admin, Stop));
        again.Changes.ShouldBeEmpty();
        var changed = await TimeAsync("plan that changes all of them, counted",
            () => ConfigOf(app).PlanAsync(file.Replace("slackNotify: true", "slackNotify: false").ToString(), false, Admin, Stop));
        changed.Changes.Count.ShouldBe(channels);
        changed.Uncounted.ShouldBe(Math.Max(0, channels - ConfigEffects.MostCounted));

        async Task<T> TimeAsync<T>(string what, Func<Task<T>> work)
        {
            var begin = TimeProvider.System.GetTimestamp();
            var result = await work();
            ProofScale.Report($"{channels} channels, {what}: {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0.0} s");
            return result;
        }
    }

    // The exports that look at what stands are recorded themselves.
    private static async Task<int> CountChangesAsync(NotifyAdminApp app) =>
        (await app.AuditActionsAsync()).Count(action => action != "config.export");

    private static ConfigService ConfigOf(NotifyAdminApp app) => app.Services.GetRequiredService<ConfigService>();

    private static async Task<bool> IsAppliedAsync(NotifyAdminApp app, int write)
    {
        CutWrites.CutAt(write);
        try
        {
            var outcome = await ConfigOf(app).ApplyAsync(ConfigFileTests.Everything, prune: false, null, Admin, Stop);
            outcome.Result.ShouldBe(ConfigResult.Applied, string.Join('\n', outcome.Plan.Problems));
            return true;
        }
        catch (Exception e) when (CutWrites.IsCut(e))
        {
            return false;
        }
        finally
        {
            CutWrites.CutAt(null);
        }
    }
}
