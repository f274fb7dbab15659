using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Notify.Admin.Data;

namespace Notify.Admin.StoredSecrets;

/// <summary>One secret as it lies in the store.</summary>
/// <param name="Owner">The class whose row it is in: <c>SlackIntegration</c>.</param>
/// <param name="Name">What people call that row.</param>
/// <param name="Id">The row's key.</param>
/// <param name="Property">Which of the row's secrets.</param>
internal sealed record StoredSecret(string Owner, string Name, string Id, string Property, ProtectedString Value);

/// <summary>Reads and replaces secrets wherever the model has a <see cref="ProtectedString"/>, so that one that is added later is not
/// forgotten.</summary>
internal sealed class StoredSecretStore(IDbContextFactory<NotifyDbContext> contexts)
{
    // What people know a row by, where it has no name.
    private static readonly string[] Names = ["Name", "AccessKeyId", "Email"];

    private static readonly MethodInfo ReadOf = typeof(StoredSecretStore)
        .GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ReplaceOf = typeof(StoredSecretStore)
        .GetMethod(nameof(ReplaceAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>All of them: as many as there are channels, workspaces, key pairs and second factors.</summary>
    public async Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var secrets = new List<StoredSecret>();
        foreach (var property in Columns(context))
        {
            secrets.AddRange(await (Task<List<StoredSecret>>)ReadOf.MakeGenericMethod(property.DeclaringType.ClrType,
                KeyOf(property).ClrType)
                .Invoke(null, [context, property, cancellationToken])!);
        }

        return secrets;
    }

    /// <summary>Puts the same secret in another encryption, unless the row has another secret by now.</summary>
    /// <returns>False when it has.</returns>
    public async Task<bool> TryReplaceAsync(StoredSecret secret, ProtectedString value, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var property = Columns(context)
            .Single(column => column.DeclaringType.ClrType.Name == secret.Owner && column.Name == secret.Property);
        return await (Task<int>)ReplaceOf.MakeGenericMethod(property.DeclaringType.ClrType, KeyOf(property).ClrType)
            .Invoke(null, [context, property, secret, value, cancellationToken])! == 1;
    }

    private static IEnumerable<IProperty> Columns(NotifyDbContext context) =>
        context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(ProtectedString));

    private static IProperty KeyOf(IProperty property) => ((IEntityType)property.DeclaringType).FindPrimaryKey()!.Properties.Single();

    private static async Task<List<StoredSecret>> ReadAsync<TRow,
        TKey>(NotifyDbContext context, IProperty property, CancellationToken cancellationToken)
        where TRow : class
        where TKey : notnull
    {
        var (key, secret) = (KeyOf(property).Name, property.Name);
        var name = Names.FirstOrDefault(candidate => property.DeclaringType.FindProperty(candidate) is not null) ?? key;
        var isText = property.DeclaringType.FindProperty(name)!.ClrType == typeof(string);
        var rows = await context.Set<TRow>().AsNoTracking()
            .Where(row => EF.Property<ProtectedString?>(row, secret) != null)
            .Select(row => new { Key = EF.Property<TKey>(row, key), Secret = EF.Property<ProtectedString>(row, secret), Name = isText
                ? EF.Property<string?>(row, name) : null })
            .ToListAsync(cancellationToken);
        return
        [
            .. from row in rows
               let id = Convert.ToString(row.Key, CultureInfo.InvariantCulture)
               select new StoredSecret(typeof(TRow).Name, row.Name ?? id, id, secret, row.Secret),
        ];
    }

    // The old ciphertext is the fence. The row's version stays: an open form loses nothing by it.
    private static Task<int> ReplaceAsync<TRow,
        TKey>(NotifyDbContext context, IProperty property, StoredSecret secret, ProtectedString value, CancellationToken cancellationToken)
        where TRow : class
        where TKey : notnull
    {
        var (key, column) = (KeyOf(property).Name, property.Name);
        var id = (TKey)Convert.ChangeType(secret.Id, typeof(TKey), CultureInfo.InvariantCulture);
        return context.Set<TRow>()
            .Where(row => EF.Property<TKey>(row, key).Equals(id) && EF.Property<ProtectedString>(row, column) == secret.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<ProtectedString>(row, column), value), cancellationToken);
    }
}
