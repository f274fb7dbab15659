namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Tests that judge the memory of the whole process: none other runs beside them, so what grows is theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryCollection
{
    public const string Name = "Memory of the process";
}
