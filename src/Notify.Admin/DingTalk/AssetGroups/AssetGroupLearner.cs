using Notify.Admin.Background;

namespace Notify.Admin.DingTalk;

/// <summary>Enters the asset groups that events name, so that the form can offer them. Not urgent: it looks every ten seconds.</summary>
internal sealed class AssetGroupLearner(
    AssetGroupStore groups, WorkRegister works, TimeProvider time, ILogger<AssetGroupLearner> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("asset-groups", TimeSpan.FromSeconds(10)) { AtStart = true };

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!await groups.LearnAsync(stopping))
        {
        }
    }
}
