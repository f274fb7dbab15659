using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Notify.Admin.Data;

/// <summary>Makes the tables that the model calls partitioned, each with one partition for everything. A foreign key to one of them becomes
/// a trigger, which deletes what depends on a deleted row: a constraint would have each row of a partition that is let go looked up. A
/// unique index without the partitions' key holds within each partition.</summary>
#pragma warning disable EF1001 // The base class asks for the provider's options, whose type is the provider's own.
internal sealed class PartitionedSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    private const string Forget = """
        CREATE OR REPLACE FUNCTION "DeleteDependants"() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format('DELETE FROM %I WHERE %I = ANY (ARRAY(SELECT "Id" FROM gone))', TG_ARGV[0], TG_ARGV[1]);
            RETURN NULL;
        END $$;
        """;

    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (PartitionedTables.KeyOf(model, operation.Name) is { } key)
        {
            base.Generate(operation, model, builder, terminate: false);
            builder.AppendLine().AppendLine($"PARTITION BY RANGE ({Quoted(key)});").EndCommand();
            var (table, first, storage) =
                (Quoted(operation.Name), Quoted(First(operation.Name)), PartitionedTables.StorageOf(operation.Name));
            Run(builder, $"CREATE TABLE {first} PARTITION OF {table} {Partition.BoundOf(IdRange.All)} {storage};");
        }
        else
        {
            base.Generate(operation, model, builder, terminate);
        }

        foreach (var reference in operation.ForeignKeys.Where(r => IsPartitioned(model, r)))
        {
            Run(builder, Forget);
            Run(builder, $"""
                CREATE TRIGGER {Quoted(reference.Name!)} AFTER DELETE ON {Quoted(reference.PrincipalTable)} REFERENCING OLD TABLE AS gone
                FOR EACH STATEMENT EXECUTE FUNCTION "DeleteDependants"('{operation.Name}', '{reference.Columns.Single()}');
                """);
        }
    }

    protected override void CreateTableForeignKeys(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        foreach (var reference in operation.ForeignKeys.Where(r => !IsPartitioned(model, r)))
        {
            builder.AppendLine(",");
            ForeignKeyConstraint(reference, model, builder);
        }
    }

    protected override void Generate(
        CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (operation.IsUnique && PartitionedTables.KeyOf(model, operation.Table) is { } key && !operation.Columns.Contains(key))
        {
            // Partitions to come are made like the one before.
            operation.Table = First(operation.Table);
        }

        base.Generate(operation, model, builder, terminate);
    }

    private static bool IsPartitioned(IModel? model, AddForeignKeyOperation reference) =>
        PartitionedTables.KeyOf(model, reference.PrincipalTable) is not null;

    private static string First(string table) => Partition.NameOf(table, IdRange.All.From);

    private static string Quoted(string name) => $"\"{name}\"";

    private static void Run(MigrationCommandListBuilder builder, string statement) => builder.AppendLine(statement).EndCommand();
}
