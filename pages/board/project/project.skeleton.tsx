import { Grid, Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Stands where a project will be, in about its shape. */
export function ProjectSkeleton() {
  return (
    <Stack gap="md" role="status">
      <VisuallyHidden>Reading the project…</VisuallyHidden>
      <Skeleton height={40} width="50%" />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <Skeleton height={160} />
            <Skeleton height={160} />
            <Skeleton height={200} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Skeleton height={240} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
