using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>What an Admin does with accounts. Every call checks the actor's policy.</summary>
internal sealed class VendorAccountService(VendorAccountStore store, VendorAccountCalls calls, VendorEndpoints endpoints,
    IEnumerable<IVendorAccountUser> users, SecretProtector protector, AuditTrail trail, TimeProvider time)
{
    public const string SubjectKind = "vendor-account";

    /// <summary>All accounts by name.</summary>
    public async Task<IReadOnlyList<VendorAccountListItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var items = new List<VendorAccountListItem>();
        foreach (var account in await store.ListAsync(cancellationToken))
        {
            items.Add(new(VendorAccountView.Of(account), (await UsesAsync(account.Id, cancellationToken)).Count));
        }

        return items;
    }

    /// <summary>Null when there is none with that id.</summary>
    public async Task<VendorAccountView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await store.FindAsync(id, cancellationToken) is { } account ? VendorAccountView.Of(account) : null;
    }

    /// <summary>What works with the account, and ends with it.</summary>
    public async Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return await UsesAsync(id, cancellationToken);
    }

    /// <summary>The endpoints to choose from.</summary>
    public IReadOnlyList<string> ListEndpoints(VendorKind vendor, Actor actor)
    {
        actor.Demand(Policies.Administer);
        return endpoints.ListOf(vendor);
    }

    /// <param name="original">What the form was filled from; null adds a new account.</param>
    public async Task<SaveResult<VendorAccountView>> SaveAsync(VendorAccountView? original, VendorAccountFormModel model, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return model.Check(original?.Values, endpoints.ListOf(model.Kind)).ToList() is { Count: > 0 } refusals
            ? new Invalid<VendorAccountView>(refusals)
            : original is null
                ? await AddAsync(model, actor, cancellationToken)
                : await UpdateAsync(original, model, actor, cancellationToken);
    }

    /// <summary>Asks the vendor whether it accepts the key.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<VendorAccountView?> CheckAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (await store.FindAsync(id, cancellationToken) is not { } asked)
        {
            return null;
        }

        var answer = await calls.CheckAsync(asked, cancellationToken);
        return await store.ChangeAsync(id, row =>
        {
            // The answer is about the key that was asked for.
            if (row.Version == asked.Version)
            {
                (row.CheckCode, row.CheckDetail, row.CheckRequestId, row.CheckedAt) =
                    (answer.Code, answer.Message, answer.RequestId, time.GetUtcNow());
            }

            return trail.Entry(actor, $"{SubjectKind}.check", SubjectOf(row), [new FieldChange("verdict", null, answer.Code)],
                VendorCodes.IsFine(answer.Code) ? AuditResult.Done : AuditResult.Failed);
        }, cancellationToken) is { } checkedAccount ? VendorAccountView.Of(checkedAccount) : null;
    }

    /// <summary>Deletes it; what works with it says that its account is gone. Deleting what is gone already is no error.</summary>
    public Task DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.DeleteAsync(id, row => trail.Entry(actor, $"{SubjectKind}.delete", SubjectOf(row),
            VendorAccountFields.Table.Difference(VendorAccountView.Of(row), null)), cancellationToken);
    }

    private async Task<IReadOnlyList<VendorAccountUse>> UsesAsync(int id, CancellationToken cancellationToken)
    {
        var uses = new List<VendorAccountUse>();
        foreach (var user in users)
        {
            uses.AddRange(await user.ListUsesAsync(id, cancellationToken));
        }

        return uses;
    }

    private async Task<SaveResult<VendorAccountView>> AddAsync(VendorAccountFormModel model, Actor actor,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var added = new VendorAccount
        {
            Name = model.Name.Trim(),
            Kind = model.Kind,
            Endpoint = model.Endpoint,
            AccessKeyId = model.AccessKeyId.Trim(),
            Secret = protector.Protect(model.TypedSecret!),
            SecurityToken = model.HasSecurityToken ? protector.Protect(model.SecurityToken!.Trim()) : null,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = actor.Name,
            Version = 1,
        };
        await store.AddAsync(added, saved => trail.Entry(actor, $"{SubjectKind}.create", SubjectOf(saved),
            VendorAccountFields.Table.Difference(null, VendorAccountView.Of(saved))), cancellationToken);
        return new Saved<VendorAccountView>(VendorAccountView.Of(added));
    }

    private async Task<SaveResult<VendorAccountView>> UpdateAsync(VendorAccountView original, VendorAccountFormModel model, Actor actor,
        CancellationToken cancellationToken)
    {
        VendorAccountView? before = null;
        var isConflict = false;
        var saved = await store.ChangeAsync(original.Id, row =>
        {
            before = VendorAccountView.Of(row);
            isConflict = VendorAccountFields.Table.Compare(original, before, model).Count > 0;
            if (isConflict || VendorAccountFields.Table.CountChanges(model, before.Values) == 0)
            {
                return null;
            }

            Take(row, model);
            (row.ChangedAt, row.ChangedBy) = (time.GetUtcNow(), actor.Name);
            row.Version++;
            return trail.Entry(actor, $"{SubjectKind}.update", SubjectOf(row),
                VendorAccountFields.Table.Difference(before, VendorAccountView.Of(row)));
        }, cancellationToken);
        return saved is not null ? new Saved<VendorAccountView>(VendorAccountView.Of(saved))
            : before is null ? new Gone<VendorAccountView>()
            : isConflict ? new Conflict<VendorAccountView>(before)
            : new Saved<VendorAccountView>(before);
    }

    private void Take(VendorAccount row, VendorAccountFormModel model)
    {
        var (endpoint, keyId, secret, token) = (row.Endpoint, row.AccessKeyId, row.Secret, row.SecurityToken);
        row.Name = model.Name.Trim();
        row.Endpoint = model.Endpoint;
        row.AccessKeyId = model.AccessKeyId.Trim();
        if (model.TypedSecret is { } typed)
        {
            row.Secret = protector.Protect(typed);
            // A temporary key comes with its token; a lasting one has none.
            row.SecurityToken = null;
        }

        if (model.HasSecurityToken)
        {
            row.SecurityToken = protector.Protect(model.SecurityToken!.Trim());
        }

        if ((endpoint, keyId, secret, token) != (row.Endpoint, row.AccessKeyId, row.Secret, row.SecurityToken))
        {
            row.ForgetCheck();
        }
    }

    private static AuditSubject SubjectOf(VendorAccount account) =>
        new(SubjectKind, account.Id.ToString(CultureInfo.InvariantCulture), account.Name);
}

/// <summary>One line of the list.</summary>
/// <param name="Uses">How many things work with it.</param>
public sealed record VendorAccountListItem(VendorAccountView Account, int Uses);
