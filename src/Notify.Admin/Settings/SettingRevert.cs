using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Settings;

/// <summary>Takes changes of settings back.</summary>
internal sealed class SettingRevert(SettingsService service, IStringLocalizer<SettingsText> texts) : IAuditRevert
{
    public IReadOnlyCollection<string> Actions => ["setting.change"];

    public FieldMemory MemoryOf(string field) => FieldMemory.Whole;

    public Task<IReadOnlyDictionary<string, string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string,
            string?>?>(service.List(actor).ToDictionary(setting => setting.Setting.Key, setting => (string?)setting.Value));

    public async Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor,
        CancellationToken cancellationToken)
    {
        var refusals = await service.SaveAsync(changes.ToDictionary(change => change.Field, change => change.After ?? ""), actor,
            cancellationToken);
        return refusals.Count == 0 ? new RevertResult(true)
            : new RevertResult(false, string.Join(' ', refusals.Select(refusal => Words(refusal.Key, refusal.Value))));
    }

    private string Words(string key, SettingRefusal refusal) =>
        SettingCatalogue.Find(key) is { } setting && refusal == SettingRefusal.Invalid
        ? texts["Refusal.Invalid", setting.Least, setting.Most]
        : texts["Refusal.ReadOnly"];
}
